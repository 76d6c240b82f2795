using MudBlazor;

namespace Aegis.Dashboard.Theming;

/// <summary>The light and the dark theme. The page carries both; <c>data-theme</c> of its root element says which
/// applies (see <c>theme.js</c>).</summary>
internal static class Themes
{
    /// <summary>The cookie that keeps the viewer's choice; without it the theme follows the system.</summary>
    public const string Cookie = "aegis-theme";

    private static readonly Typography Letters = new()
    {
        Default = new DefaultTypography { FontFamily = ["Roboto", "Segoe UI", "Helvetica Neue", "Noto Sans", "DejaVu Sans", "sans-serif"],
            FontSize = "0.9375rem", LetterSpacing = "normal" },
        Button = new ButtonTypography { TextTransform = "none" },
    };

    private static readonly LayoutProperties Layout = new() { DefaultBorderRadius = "8px", DrawerWidthLeft = "13rem" };

    /// <summary>The light theme; applies unless the root element says dark.</summary>
    public static MudTheme Light { get; } = new()
    {
        PseudoCss = new PseudoCss { Scope = ":root" },
        Typography = Letters,
        LayoutProperties = Layout,
        PaletteLight = new PaletteLight
        {
            Primary = "#2f5d9b",
            Secondary = "#b3392a",
            Error = "#a8281c",
            Warning = "#7a4a00",
            Success = "#1d6b3a",
            Info = "#1d4f91",
            TextPrimary = "#1b2028",
            TextSecondary = "#525c69",
            ActionDefault = "#525c69",
            Background = "#f4f6f8",
            Surface = "#ffffff",
            AppbarBackground = "#ffffff",
            AppbarText = "#1b2028",
            DrawerBackground = "#ffffff",
            DrawerText = "#1b2028",
            DrawerIcon = "#525c69",
            LinesDefault = "#dde2e8",
            LinesInputs = "#7b8592",
            TableLines = "#e4e8ed",
            Divider = "#dde2e8",
        },
    };

    /// <summary>The dark theme.</summary>
    public static MudTheme Dark { get; } = new()
    {
        PseudoCss = new PseudoCss { Scope = ":root[data-theme=dark]" },
        Typography = Letters,
        LayoutProperties = Layout,
        PaletteDark = new PaletteDark
        {
            Primary = "#8ab4f8",
            PrimaryContrastText = "#0b1d33",
            Secondary = "#f28b70",
            SecondaryContrastText = "#33110b",
            Error = "#ff9d8f",
            ErrorContrastText = "#33110b",
            Warning = "#f3c26b",
            WarningContrastText = "#2d1f00",
            Success = "#7fd19b",
            SuccessContrastText = "#08240f",
            Info = "#9cc2ff",
            InfoContrastText = "#0b1d33",
            TextPrimary = "#e6eaf0",
            TextSecondary = "#a3adba",
            ActionDefault = "#a3adba",
            Background = "#11151b",
            Surface = "#1a2029",
            AppbarBackground = "#1a2029",
            AppbarText = "#e6eaf0",
            DrawerBackground = "#1a2029",
            DrawerText = "#e6eaf0",
            DrawerIcon = "#a3adba",
            LinesDefault = "#2d3643",
            LinesInputs = "#8b95a3",
            TableLines = "#2a323e",
            Divider = "#2d3643",
        },
    };

    /// <summary>Reads the cookie; null unless it names a known theme.</summary>
    public static string? ChosenBy(string? cookie) => cookie is "light" or "dark" ? cookie : null;
}
