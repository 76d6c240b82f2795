using Aegis.Dashboard.Theming;

namespace Aegis.Tests.Dashboard;

public sealed class ThemesTests
{
    [Theory]
    [InlineData("light", "light")]
    [InlineData("dark", "dark")]
    [InlineData("material-dark", null)]
    [InlineData("dark\"><script>", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void ChosenBy_KnowsTwoThemes(string? cookie, string? expected) => Assert.Equal(expected, Themes.ChosenBy(cookie));
}
