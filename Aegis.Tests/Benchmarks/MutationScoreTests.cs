using System.Text.Json.Nodes;
using Aegis.Benchmarks.Quality;

namespace Aegis.Tests.Benchmarks;

public sealed class MutationScoreTests
{
    [Fact]
    public void Of_AReport_CountsEachFoldersMutants()
    {
        var scores = MutationScore.Of("Aegis.Core", JsonNode.Parse("""
            {"files": {
              "/home/me/Aegis.Core/Facts/A.cs": {"mutants": [{"status": "Killed"}, {"status": "Survived"}, {"status": "CompileError"}]},
              "/home/me/Aegis.Core/Facts/B.cs": {"mutants": [{"status": "Timeout"}, {"status": "NoCoverage"}, {"status": "Killed"}]},
              "Decisions/C.cs": {"mutants": [{"status": "Killed"}]},
              "/home/me/Aegis.Core/Top.cs": {"mutants": [{"status": "Survived"}]},
              "/home/me/Aegis.Core/Numerics/D.cs": {"mutants": [{"status": "Ignored"}]}
            }}
            """));
        Assert.Equal(
            [new("Aegis.Core", 0, 1), new("Aegis.Core/Decisions", 1, 1), new("Aegis.Core/Facts", 3, 5)], scores.ToArray());
        Assert.Equal([0, 100, 60], scores.Select(score => score.Percent));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"files": 3}""")]
    [InlineData("[]")]
    [InlineData("null")]
    public void Of_AnythingElse_IsRefused(string json) =>
        Assert.Throws<FormatException>(() => MutationScore.Of("Aegis.Core", JsonNode.Parse(json)));
}
