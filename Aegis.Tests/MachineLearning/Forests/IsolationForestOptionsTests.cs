using Aegis.MachineLearning.Forests;

namespace Aegis.Tests.MachineLearning.Forests;

public sealed class IsolationForestOptionsTests
{
    public static TheoryData<IsolationForestOptions, string> OutOfRange => new()
    {
        { new() { Trees = 0 }, "Trees is '0'; allowed: 1 to 10,000." },
        { new() { Trees = 10_001 }, "Trees is '10001'; allowed: 1 to 10,000." },
        { new() { SubsampleSizes = [] }, "SubsampleSizes is 'empty'; allowed: one size or more." },
        { new() { SubsampleSizes = [256, 1] }, "SubsampleSizes is '1'; allowed: 2 to 32,768." },
        { new() { SubsampleSizes = [32_769, 256] }, "SubsampleSizes is '32769'; allowed: 2 to 32,768." },
        { new() { ColumnShare = 0 }, "ColumnShare is '0'; allowed: above 0 to 1." },
        { new() { ColumnShare = 1.5 }, "ColumnShare is '1.5'; allowed: above 0 to 1." },
        { new() { ColumnShare = double.NaN }, "ColumnShare is 'NaN'; allowed: above 0 to 1." },
        { new() { ColumnsPerSplit = 0 }, "ColumnsPerSplit is '0'; allowed: 1 to 64." },
        { new() { ColumnsPerSplit = 65 }, "ColumnsPerSplit is '65'; allowed: 1 to 64." },
        { new() { Threads = 0 }, "Threads is '0'; allowed: 1 or more, or null." },
    };

    public static TheoryData<IsolationForestOptions> AtTheEnds =>
    [
        new IsolationForestOptions { Trees = 1 },
        new IsolationForestOptions { Trees = 10_000 },
        new IsolationForestOptions { SubsampleSizes = [2] },
        new IsolationForestOptions { SubsampleSizes = [32_768] },
        new IsolationForestOptions { ColumnShare = 1e-9 },
        new IsolationForestOptions { ColumnShare = 1 },
        new IsolationForestOptions { ColumnsPerSplit = 1 },
        new IsolationForestOptions { ColumnsPerSplit = 64 },
        new IsolationForestOptions { Threads = 1 },
        new IsolationForestOptions { Threads = null },
    ];

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void Check_OfAnOptionOutOfRange_NamesItsValueAndWhatIsAllowed(IsolationForestOptions options, string message)
    {
        var refusal = Assert.Throws<ArgumentException>(options.Check);
        Assert.StartsWith(message, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(message.Split(' ')[0], refusal.ParamName);
    }

    [Theory]
    [MemberData(nameof(AtTheEnds))]
    public void Check_OfAnOptionAtTheEndOfItsRange_Passes(IsolationForestOptions options) => options.Check();

    [Fact]
    public void Defaults_AreThoseOfTheModelCard()
    {
        var options = new IsolationForestOptions();
        Assert.Equal((300, 1.0, 1, 1UL), (options.Trees, options.ColumnShare, options.ColumnsPerSplit, options.Seed));
        Assert.Equal([256, 1_024], options.SubsampleSizes);
        Assert.Null(options.Threads);
    }
}
