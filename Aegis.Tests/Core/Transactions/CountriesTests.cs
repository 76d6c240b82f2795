using System.Text;
using Aegis.Core.Transactions;

namespace Aegis.Tests.Core.Transactions;

public sealed class CountriesTests
{
    [Fact]
    public void Countries_AreThe249OfTheStandardAndKosovo()
    {
        var letters = Enumerable.Range('A', 26).Select(letter => (char)letter).ToList();
        var known = letters.SelectMany(first => letters.Select(second => $"{first}{second}")).Where(Countries.IsShipped).ToList();
        Assert.Equal(250, known.Count);
        Assert.All(known, code => Assert.True(Countries.IsKnown(code) && Countries.IsKnown(Encoding.ASCII.GetBytes(code))));
        Assert.False(Countries.IsKnown("de") || Countries.IsKnown((string?)null) || Countries.IsKnown("EU"u8));
    }

    [Theory]
    [InlineData("DEU", "DE")]
    [InlineData("276", "DE")]
    [InlineData("004", "AF")]
    [InlineData("XKX", "XK")]
    [InlineData("DE", "DE")]
    [InlineData("4", "4")]
    [InlineData("ZZZ", "ZZZ")]
    [InlineData("", "")]
    public void ToAlpha2_OfAnotherCode_GivesTheShortOne(string code, string expected) => Assert.Equal(expected, Countries.ToAlpha2(code));

    [Theory]
    [InlineData("XK", true)]
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
