using Aegis.Datasets.Simulation;
using Aegis.Training.Sources;
using Aegis.Training.Verbs;

namespace Aegis.Tests.Training.Verbs;

public sealed class GenerateVerbTests : IDisposable
{
    private readonly string _folder = Repository.TemporaryFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("a.csv", "b.csv")]
    [InlineData("a.csv.gz", "b.csv.gz")]
    public void Generate_OfOneSeed_WritesTheSameBytesThatTheNativeMapReads(string one, string other)
    {
        Assert.Equal(0, Generate(one));
        Assert.Equal(0, Generate(other));
        var bytes = File.ReadAllBytes(Path.Combine(_folder, one));
        Assert.Equal(bytes, File.ReadAllBytes(Path.Combine(_folder, other)));

        var rows = TransactionSource.Read(Path.Combine(_folder, one), "native").ToList();
        Assert.InRange(rows.Count, 500, 3_000);
        Assert.Contains(rows, row => row.Label is { IsFraud: true, Scenario: not null });
        Assert.DoesNotContain(rows, row => row.Label.Scenario == "slow_drip");
        Assert.All(rows, row => Assert.InRange(row.Transaction.EventTime.UtcDateTime, new DateTime(2025, 6, 1), new DateTime(2025, 6, 15)));

        int Generate(string name) => Run(
            "--out", Path.Combine(_folder, name), "--customers", "150", "--merchants", "1200", "--days", "14", "--start", "2025-06-01",
            "--fraud-share", "0.05", "--scenario", "slow_drip=0");
    }

    [Theory]
    [InlineData("--scenario", "slow=0.1", "allowed: NAME=SHARE")]
    [InlineData("--scenario", "slow_drip", "--scenario is 'slow_drip'")]
    [InlineData("--scenario", "slow_drip=7", "the share 0 to 1")]
    [InlineData("--merchants", "12", "--merchants is '12'; allowed: 1000 to 1000000")]
    [InlineData("--fraud-share", "0.9", "--fraud-share is '0.9'; allowed: 0 to 0.5")]
    public void Generate_OfWrongOptions_SaysWhatIsAllowed(string option, string value, string message)
    {
        var parsed = GenerateVerb.Create().Parse(["--out", Path.Combine(_folder, "x.csv"), option, value]);
        Assert.Contains(parsed.Errors, error => error.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Options_OfTheLeastCommandLine_AreTheSimulatorsUsualWorld()
    {
        var options = GenerateVerb.Options(GenerateVerb.Create().Parse("--out a.csv"));
        var usual = new SimulationOptions();
        Assert.Equal(("a.csv", new DateOnly(2025, 1, 1), 120), (options.Path, options.Start, options.Days));
        Assert.Equal(usual, options.Simulation with { Scenarios = usual.Scenarios });
        Assert.Equal(usual.Scenarios, options.Simulation.Scenarios);
    }

    [Fact]
    public void Options_OfScenarioShares_ChangeThoseOnly()
    {
        var options = GenerateVerb.Options(
            GenerateVerb.Create().Parse("--out a.csv --scenario slow_drip=0.2 --scenario bust_out=0 --seed 7"));
        Assert.Equal(7UL, options.Simulation.Seed);
        Assert.Equal(
            FraudScenario.Usual.Select(s => (s.Name, s.Name == "slow_drip" ? 0.2 : s.Name == "bust_out" ? 0 : s.Share)),
            options.Simulation.Scenarios.Select(s => (s.Name, s.Share)));
    }

    private static int Run(params string[] arguments) => GenerateVerb.Create().Parse(arguments).Invoke();
}
