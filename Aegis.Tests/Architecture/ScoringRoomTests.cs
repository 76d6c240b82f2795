namespace Aegis.Tests.Architecture;

public sealed class ScoringRoomTests
{
    // Who may look at whom inside the scoring service, lowest first, as docs/architecture.md draws it.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Commits"] = [],
        ["Storage"] = ["Commits"],
        ["Duplicates"] = ["Commits", "Storage"],
        ["Facts"] = ["Commits", "Storage"],
        ["Models"] = ["Commits", "Storage"],
        ["Shards"] = ["Commits", "Storage", "Duplicates", "Facts", "Models"],
        ["Telemetry"] = ["Commits", "Storage", "Models", "Shards"],
        ["Api"] = ["Commits", "Storage", "Duplicates", "Models", "Shards", "Telemetry"],
        ["Operator"] = ["Commits", "Storage"],
        ["Warmup"] = ["Storage", "Models", "Shards", "Telemetry", "Api"],
    };

    public static TheoryData<string> Rooms => [.. SourceRooms.Of("Aegis.Scoring").Where(room => room != "Properties")];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Room_LooksOnlyDownwards(string room) =>
        Assert.Empty(SourceRooms.SeenFrom("Aegis.Scoring", room).Where(seen => !Allowed[room].Contains(seen.Room))
            .Select(seen => $"{seen.File} looks at {seen.Room}"));

    [Fact]
    public void Arrows_MakeNoCircle()
    {
        var below = new HashSet<string>();
        foreach (var (room, seen) in Allowed)
        {
            Assert.Empty(seen.Except(below));
            below.Add(room);
        }
    }
}
