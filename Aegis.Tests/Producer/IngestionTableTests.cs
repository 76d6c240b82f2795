using Aegis.Core.Ingestions;
using Aegis.Producer;

namespace Aegis.Tests.Producer;

public sealed class IngestionTableTests
{
    [Fact]
    public void Lines_OfARun_AreItsCountsAndItsFaultsByLine() => Assert.Equal(
        [
            "Ingestion of payments.csv", "  received           1,234", "  accepted           1,200", "  refused                4",
            "  duplicates            30", "  line 17: amountMinor is '-1'; allowed: 0 or more",
        ],
        IngestionTable.Lines(Run([new IngestionFault(17, "amountMinor is '-1'; allowed: 0 or more")], leftOut: 0)));

    [Fact]
    public void Lines_OfManyFaults_ShowsTheFirstAndSaysWhereMoreAre()
    {
        var lines = IngestionTable.Lines(Run([.. Enumerable.Range(1, 100).Select(i => new IngestionFault(i, "x"))], leftOut: 1_000));
        Assert.Equal((26, "  line 20: x"), (lines.Count, lines[^2]));
        Assert.Equal("  and 1,080 more faults; GET /ingestions/run-1 has the first 100", lines[^1]);
    }

    private static IngestionRun Run(IReadOnlyList<IngestionFault> faults, long leftOut) => new()
    {
        Id = "run-1", Format = "csv", File = "payments.csv", StartedAt = TestTransactions.Noon, EndedAt = TestTransactions.Noon,
        Received = 1_234, Accepted = 1_200, Refused = 4, Duplicates = 30, Faults = faults, FaultsLeftOut = leftOut,
    };
}
