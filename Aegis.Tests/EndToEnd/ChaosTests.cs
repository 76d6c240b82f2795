using Aegis.TestRig;
using Aegis.TestRig.Audits;
using Aegis.TestRig.Processes;
using Aegis.TestRig.Traffic;

namespace Aegis.Tests.EndToEnd;

[Collection(AloneTests.Name)]
public sealed class ChaosTests
{
    private const ulong Seed = 20_260_303;

    [Fact]
    public async Task TwelveKillsOfTwoScoringProcessesProducerAndRedis_LoseNothingDoubleNothingAndLeaveEqualHistories()
    {
        var folder = Repository.TemporaryFolder();
        try
        {
            var model = await Models.TrainAsync(folder, Seed);
            var result = await Chaos.RunAsync(
                new ChaosOptions(TimeSpan.FromSeconds(40), Kills: 12, Seed, Rate: 100, Callers: 4), folder, model, _ => { });
            Assert.True(
                result is { Kills: 12, Lost: 0, Duplicated: 0, WrongPositions: 0, WrongAnswers: 0, DeadLetters: 0, Differences: 0,
                    HistoriesEqual: true, Labels: > 20 } && result.Accepted > 1_000 && result.Decided >= result.Accepted,
                $"seed {Seed}: {result}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
