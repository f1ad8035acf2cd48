/**
 * Fontconfig's settings for a tree that is not at the root of the file system.
 *
 * Source  fonts-conf(5)
 */
export const fontconfigFor = (root: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>${root}/usr/share/fonts</dir>
  <cachedir>${root}/fontconfig-cache</cachedir>
  <include ignore_missing="yes">${root}/usr/share/fontconfig/conf.avail/30-metric-aliases.conf</include>
  <include ignore_missing="yes">${root}/usr/share/fontconfig/conf.avail/60-latin.conf</include>
</fontconfig>
`;
