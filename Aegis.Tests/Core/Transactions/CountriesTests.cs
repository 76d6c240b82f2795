using System.Text;
using Aegis.Core.Transactions;

namespace Aegis.Tests.Core.Transactions;

public sealed class CountriesTests
{
    [Fact]
    public void Countries_AreThe249OfTheStandard()
    {
        var letters = Enumerable.Range('A', 26).Select(letter => (char)letter).ToList();
        var known = letters.SelectMany(first => letters.Select(second => $"{first}{second}")).Where(Countries.IsKnown).ToList();
        Assert.Equal(249, known.Count);
        Assert.All(known, code => Assert.True(Countries.IsKnown(Encoding.ASCII.GetBytes(code))));
        Assert.False(Countries.IsKnown("XK") || Countries.IsKnown("de") || Countries.IsKnown((string?)null) || Countries.IsKnown("EU"u8));
    }

    [Theory]
    [InlineData("DE", true)]
    [InlineData("ZW", true)]
    [InlineData("AD", true)]
    [InlineData("UK", false)]
    [InlineData("DEU", false)]
    [InlineData("D", false)]
    [InlineData("", false)]
    public void IsKnown_TakesAssignedCodesAlone(string code, bool expected) => Assert.Equal(
        (expected, expected), (Countries.IsKnown(code), Countries.IsKnown(Encoding.ASCII.GetBytes(code))));
}
