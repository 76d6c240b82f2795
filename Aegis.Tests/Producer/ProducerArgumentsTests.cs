using System.CommandLine;
using Aegis.Producer;

namespace Aegis.Tests.Producer;

public sealed class ProducerArgumentsTests
{
    [Theory]
    [InlineData("max", double.PositiveInfinity)]
    [InlineData("0.001", 0.001)]
    [InlineData("1e3", 1_000)]
    [InlineData("1000000", 1_000_000)]
    public void Rate_InItsRange_IsTaken(string text, double rate) =>
        Assert.Equal(rate, Parse(ProducerArguments.Rate, $"--rate {text}").GetValue(ProducerArguments.Rate));

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1000000.1")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("MAX")]
    [InlineData("1,5")]
    [InlineData("fast")]
    public void Rate_OutOfItsRange_IsRefused(string text) => Assert.Equal(
        [$"--rate is '{text}'; allowed: above 0 to 1000000, or max."], Errors(ProducerArguments.Rate, $"--rate {text}"));

    [Theory]
    [InlineData("1", 1)]
    [InlineData("128", 128)]
    public void Frame_InItsRange_IsTaken(string text, int frame) =>
        Assert.Equal(frame, Parse(ProducerArguments.Frame, $"--frame {text}").GetValue(ProducerArguments.Frame));

    [Theory]
    [InlineData("0")]
    [InlineData("129")]
    [InlineData("-1")]
    [InlineData("1.0")]
    [InlineData("many")]
    public void Frame_OutOfItsRange_IsRefused(string text) => Assert.Equal(
        [$"--frame is '{text}'; allowed: 1 to 128 transactions."], Errors(ProducerArguments.Frame, $"--frame {text}"));

    [Fact]
    public void Options_ThatAreNotGiven_HaveTheirDefaults()
    {
        Assert.Null(Parse(ProducerArguments.Rate, "").GetValue(ProducerArguments.Rate));
        Assert.Null(Parse(ProducerArguments.Frame, "").GetValue(ProducerArguments.Frame));
        Assert.Null(Parse(ProducerArguments.Run, "").GetValue(ProducerArguments.Run));
        Assert.Equal(0, Parse(ProducerArguments.Count, "").GetValue(ProducerArguments.Count));
        Assert.Equal(1, Parse(ProducerArguments.Count, "--count 1").GetValue(ProducerArguments.Count));
        Assert.Equal(["--count is '0'; allowed: 1 or more."], Errors(ProducerArguments.Count, "--count 0"));
    }

    [Theory]
    [InlineData(false, "2", true)]
    [InlineData(false, "5", true)]
    [InlineData(false, "1.99", false)]
    [InlineData(false, "5.01", false)]
    [InlineData(false, "3e0", true)]
    [InlineData(false, "0,3", false)]
    [InlineData(false, "0.003,5", false)]
    [InlineData(true, "2", false)]
    [InlineData(true, "2.01", true)]
    [InlineData(false, "NaN", false)]
    [InlineData(false, "two", false)]
    public void Number_OfARange_TakesItsEnds(bool isAbove, string text, bool isTaken)
    {
        var option = ProducerArguments.Number("--x", "A number.", 3.0, least: 2, most: isAbove ? null : 5, isAbove);
        var allowed = isAbove ? "above 2" : "2 to 5";
        Assert.Equal($"A number. Allowed: {allowed}.", option.Description);
        Assert.Equal(3, Parse(option, "").GetValue(option));
        Assert.Equal(isTaken ? [] : [$"--x is '{text}'; allowed: {allowed}."], Errors(option, $"--x {text}"));
    }

    private static IEnumerable<string> Errors(Option option, string arguments) =>
        Parse(option, arguments).Errors.Select(error => error.Message);

    private static ParseResult Parse(Option option, string arguments) =>
        new RootCommand { option }.Parse(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
