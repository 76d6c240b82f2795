namespace Aegis.Tests.Architecture;

public sealed class ScoringFolderArrowTests
{
    // Who may look at whom inside the scoring service, lowest first, as docs/architecture.md draws it.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Commits"] = [],
        ["Volumes"] = [],
        ["Storage"] = ["Commits"],
        ["Duplicates"] = ["Commits", "Storage"],
        ["Facts"] = ["Commits", "Storage"],
        ["Models"] = ["Commits", "Storage"],
        ["Cases"] = ["Storage", "Models"],
        ["Backtests"] = ["Commits", "Storage", "Models"],
        ["Audit"] = ["Storage"],
        ["Notifications"] = ["Storage", "Models"],
        ["Records"] = ["Storage", "Models", "Cases"],
        ["Shards"] = ["Commits", "Storage", "Duplicates", "Facts", "Models"],
        ["Telemetry"] = ["Volumes", "Commits", "Storage", "Models", "Shards"],
        ["Api"] =
        [
            "Volumes", "Commits", "Storage", "Duplicates", "Facts", "Models", "Cases", "Backtests", "Audit", "Notifications", "Records",
            "Shards", "Telemetry",
        ],
        ["Operator"] = ["Commits", "Storage"],
        ["Warmup"] = ["Storage", "Models", "Shards", "Telemetry", "Api"],
    };

    public static TheoryData<string> Folders => [.. SourceFolders.Of("Aegis.Scoring").Where(folder => folder != "Properties")];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Folder_LooksOnlyDownwards(string folder) =>
        Assert.Empty(SourceFolders.SeenFrom("Aegis.Scoring", folder).Where(seen => !Allowed[folder].Contains(seen.Folder))
            .Select(seen => $"{seen.File} looks at {seen.Folder}"));

    [Fact]
    public void Arrows_MakeNoCircle()
    {
        var below = new HashSet<string>();
        foreach (var (folder, seen) in Allowed)
        {
            Assert.Empty(seen.Except(below));
            below.Add(folder);
        }
    }
}
