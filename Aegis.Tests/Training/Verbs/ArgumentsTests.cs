using System.CommandLine;
using Aegis.MachineLearning.Evaluation;
using Aegis.Training.Verbs;

namespace Aegis.Tests.Training.Verbs;

public sealed class ArgumentsTests
{
    private static readonly Option<int> Number = Arguments.Number("--x", "A number.", 3, 2, 5);
    private static readonly Option<DateRange?> Days = Arguments.Days("--train", "Days to fit on");

    [Theory]
    [InlineData("2", true)]
    [InlineData("5", true)]
    [InlineData("1", false)]
    [InlineData("6", false)]
    [InlineData("3.0", false)]
    [InlineData("three", false)]
    public void Number_OfARange_TakesItsEnds(string text, bool isTaken)
    {
        Assert.Equal("A number. 2 to 5; 3 unless given.", Number.Description);
        Assert.Equal(isTaken ? [] : [$"--x is '{text}'; allowed: 2 to 5."], Errors(Number, "--x", text));
    }

    [Theory]
    [InlineData("0.5", true)]
    [InlineData("5e-1", true)]
    [InlineData("0,5", false)]
    [InlineData("1,0", false)]
    public void Number_OfAFraction_HasADecimalPoint(string text, bool isTaken)
    {
        var share = Arguments.Number("--share", "A share.", 0.1, 0, 50);
        Assert.Equal(isTaken ? [] : [$"--share is '{text}'; allowed: 0 to 50."], Errors(share, "--share", text));
        Assert.True(!isTaken || Parse(share, "--share", text).GetValue(share) == 0.5);
    }

    [Fact]
    public void Options_ThatAreNotGiven_HaveTheirDefaults()
    {
        var seed = Arguments.Seed();
        Assert.Equal(
            (3, 42ul, "native", null, null),
            (Parse(Number).GetValue(Number), Parse(seed).GetValue(seed), Parse(Arguments.Map).GetValue(Arguments.Map),
                Parse(Arguments.Data).GetValue(Arguments.Data), Parse(Days).GetValue(Days)));
        Assert.Equal(ulong.MaxValue, Parse(seed, "--seed", "18446744073709551615").GetValue(seed));
        Assert.Equal(["--seed is '-1'; allowed: 0 to 18446744073709551615."], Errors(seed, "--seed", "-1"));
    }

    [Theory]
    [InlineData("2018-07-25..2018-07-31", true)]
    [InlineData("2018-07-25", false)]
    [InlineData("2018-07-31..2018-07-25", false)]
    public void Days_AreFirstAndLast(string text, bool isTaken)
    {
        Assert.Equal(
            isTaken ? [] : [$"--train is '{text}'; allowed: first..last as in 2018-07-25..2018-07-31."], Errors(Days, "--train", text));
        Assert.Equal(isTaken ? "2018-07-25..2018-07-31" : null, isTaken ? Parse(Days, "--train", text).GetValue(Days).ToString() : null);
    }

    private static IEnumerable<string> Errors(Option option, params string[] arguments) =>
        Parse(option, arguments).Errors.Select(error => error.Message);

    private static ParseResult Parse(Option option, params string[] arguments) => new RootCommand { option }.Parse(arguments);
}
