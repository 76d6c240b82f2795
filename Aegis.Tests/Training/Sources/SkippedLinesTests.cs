using Aegis.Datasets.Files;
using Aegis.Training.Sources;

namespace Aegis.Tests.Training.Sources;

public sealed class SkippedLinesTests
{
    private readonly SkippedLines _skipped = new();

    [Fact]
    public void ToString_OfNone_SaysSo() => Assert.Equal((0, "No line was skipped."), (_skipped.Count, _skipped.ToString()));

    [Fact]
    public void Add_OfLinesAgain_CountsThemOnce()
    {
        foreach (var line in new[] { 7, 9, 1_200, 7, 9, 1_200, 1_201 })
        {
            _skipped.Add(new CsvLine(line, null, default, []));
        }

        Assert.Equal(4, _skipped.Count);
        Assert.StartsWith("Skipped 4 bad lines, the first of them line 7: ", _skipped.ToString(), StringComparison.Ordinal);
    }
}
