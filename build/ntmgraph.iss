; Inno Setup: the installer for Windows, for one user, without an administrator. `iscc /DVersion=0.1.0 build\ntmgraph.iss`
; after `make package`. It takes nothing of the user's data with it when it is uninstalled.
; An installer first, a zip second: files out of a downloaded zip carry the mark of the web, and .NET then refuses the
; library that draws the window.
#ifndef Version
  #error Say which version: iscc /DVersion=0.1.0 build\ntmgraph.iss
#endif

[Setup]
AppId={{6D0F4B1E-3C52-4E0B-9E0C-4B7A2D8C9A17}
AppName=Trách nhiệm NTM
AppVersion={#Version}
AppPublisher=ntmgraph
DefaultDirName={localappdata}\Programs\ntmgraph
DefaultGroupName=Trách nhiệm NTM
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
; Windows 10 1903: the first that lets a program have UTF-8 as its code page.
MinVersion=10.0.18362
LicenseFile=..\LICENSE
SetupIconFile=ntmgraph.ico
UninstallDisplayIcon={app}\ntmgraph.exe
OutputDir=..\dist
OutputBaseFilename=ntmgraph-{#Version}-windows-setup
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
CloseApplications=yes

[Files]
Source: "..\dist\ntmgraph\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[InstallDelete]
; An older version's libraries must not stay beside the new ones.
Type: filesandordirs; Name: "{app}\_internal"

[Tasks]
Name: desktopicon; Description: "Đặt biểu tượng trên màn hình"
Name: path; Description: "Dùng được lệnh ntmgraph trong cửa sổ lệnh"; Flags: unchecked

[Icons]
Name: "{userprograms}\Trách nhiệm NTM"; Filename: "{app}\ntmgraph.exe"
Name: "{userdesktop}\Trách nhiệm NTM"; Filename: "{app}\ntmgraph.exe"; Tasks: desktopicon

[Registry]
Root: HKCU; Subkey: "Environment"; ValueType: expandsz; ValueName: "Path"; ValueData: "{olddata};{app}"; Tasks: path; Check: NotOnPath

[Run]
Filename: "{app}\ntmgraph.exe"; Description: "Mở chương trình"; Flags: nowait postinstall skipifsilent

[Code]
const
  WebView = 'Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}';

function NotOnPath: Boolean;
var
  Known: String;
begin
  Result := not RegQueryStringValue(HKCU, 'Environment', 'Path', Known)
    or (Pos(';' + Lowercase(ExpandConstant('{app}')) + ';', ';' + Lowercase(Known) + ';') = 0);
end;

function HasWebView: Boolean;
var
  Told: String;
begin
  Result := (RegQueryStringValue(HKLM, 'SOFTWARE\WOW6432Node\' + WebView, 'pv', Told)
    or RegQueryStringValue(HKCU, 'Software\' + WebView, 'pv', Told)) and (Told <> '') and (Told <> '0.0.0.0');
end;

procedure CurStepChanged(Step: TSetupStep);
begin
  if (Step = ssPostInstall) and not HasWebView then
    SuppressibleMsgBox('Máy này chưa có WebView2 của Microsoft nên chương trình sẽ mở trong Edge hoặc trình duyệt mặc định.'
      + ' Muốn có cửa sổ riêng, hãy nhờ người quản trị cài "Microsoft Edge WebView2 Runtime".', mbInformation, MB_OK, IDOK);
end;

procedure CurUninstallStepChanged(Step: TUninstallStep);
var
  Known, Ours: String;
begin
  if (Step = usUninstall) and RegQueryStringValue(HKCU, 'Environment', 'Path', Known) then
  begin
    Ours := ';' + ExpandConstant('{app}');
    if StringChangeEx(Known, Ours, '', True) > 0 then
      RegWriteExpandStringValue(HKCU, 'Environment', 'Path', Known);
  end;
end;
