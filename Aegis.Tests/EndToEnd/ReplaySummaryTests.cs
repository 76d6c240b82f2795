using Aegis.AppHost.Supervision;

namespace Aegis.Tests.EndToEnd;

public sealed class ReplaySummaryTests
{
    [Fact]
    public void Table_AmongOtherLines_IsTheLastOne() => Assert.Equal(
        ["Ingestion of b.csv", "  received  2", "  line 3: x"],
        ReplaySummary.Table(
            [
                "info: sent", "Ingestion of a.csv", "  received  1", "Ingestion of b.csv", "  received  2", "  line 3: x",
                "info: Ingestion of", "  more",
            ]));

    [Fact]
    public void Table_WhereThereIsNone_IsEmpty() => Assert.Empty(ReplaySummary.Table(["info: sent", "  received  1"]));
}
