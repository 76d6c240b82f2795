using System.Security.Cryptography;
using System.Text;
using Aegis.Core.Transactions;
using Aegis.Datasets.Simulation;
using Aegis.MachineLearning.Evaluation;

namespace Aegis.Tests.Datasets.Simulation;

public sealed class TransactionSimulatorTests(SmallWorld small) : IClassFixture<SmallWorld>
{
    private static readonly DateOnly First = new(2025, 1, 1);

    [Fact]
    public void Stream_OfOneSeed_RepeatsItselfAndOfAnotherDoesNot()
    {
        var options = new SimulationOptions { Customers = 60, Seed = 5 };
        var once = new TransactionSimulator(options).Stream(First, 10).ToList();
        Assert.Equal(once, new TransactionSimulator(options).Stream(First, 10));
        Assert.NotEqual(once[0].Transaction.CardToken, new TransactionSimulator(options with { Seed = 6 }).Stream(First, 10)
            .First().Transaction.CardToken);
    }

    /// <summary>Changes whenever the world does, and never from one machine or release of .NET to the next.</summary>
    [Fact]
    public void Stream_HasTheSameBytesOnEveryMachine()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (t, label) in new TransactionSimulator(new SimulationOptions { Customers = 200, FraudShare = 0.05 }).Stream(First, 30))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(
                $"{t.Id} {t.EventTime:O} {t.CardToken} {t.AmountMinor} {t.Currency} {t.MerchantId} {t.Mcc} {t.Country} {t.Channel} {t.Latitude:R} {t.Longitude:R} {t.DeviceId} {t.IpAddress} {label.IsFraud} {label.Scenario}\n"));
        }

        Assert.Equal("0afea35ef3b350adef874b07c0eb29386aa5ebfeaab6f32bf4e5dc34f5dcc336", Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    [Fact]
    public void Stream_IsValidAndInTimeOrderWithinItsDays()
    {
        var faults = new List<TransactionFault>();
        small.Rows.ForEach(
            row => TransactionValidator.Validate(row.Transaction, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), faults));
        Assert.Empty(faults);
        var times = small.Rows.Select(row => row.Transaction.EventTime).ToList();
        Assert.Equal(times.Order(), times);
        Assert.Equal(SmallWorld.First, DateOnly.FromDateTime(times[0].UtcDateTime));
        Assert.Equal(SmallWorld.First.AddDays(SmallWorld.Days - 1), DateOnly.FromDateTime(times[^1].UtcDateTime));
        Assert.Equal(small.Rows.Count, small.Rows.Select(row => row.Transaction.Id).Distinct().Count());
    }

    [Fact]
    public void CardTokens_OfManyCustomers_NeverLookLikeCardNumbers() =>
        Assert.DoesNotContain(Enumerable.Range(0, 200_000), number => CardNumbers.Contains(small.World.CardToken(number)));

    [Fact]
    public void Stream_HasTheWantedShareOfFraudsFromItsFirstDaysOn()
    {
        Assert.InRange(ShareOf(small.Rows), 0.004, 0.006);
        var many = new SimulationOptions { Customers = 3_000, FraudShare = 0.05 };
        Assert.InRange(ShareOf(new TransactionSimulator(many).Stream(SmallWorld.First, 5).ToList()), 0.035, 0.065);
        Assert.Equal(0, ShareOf(new TransactionSimulator(many with { FraudShare = 0 }).Stream(SmallWorld.First, 5).ToList()));

        static double ShareOf(List<LabelledTransaction> rows) => rows.Count(row => row.Label.IsFraud) / (double)rows.Count;
    }

    [Fact]
    public void Stream_HasEveryScenarioAndEveryLookAlikeUnderItsName()
    {
        string[] Names(bool isFraud) =>
            [.. small.Rows.Where(row => row.Label.IsFraud == isFraud && row.Label.Scenario is not null).Select(row => row.Label.Scenario!)
            .Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(FraudScenario.Usual.Select(scenario => scenario.Name).Order(StringComparer.Ordinal), Names(isFraud: true));
        Assert.Equal(LookAlike.Usual.Select(lookAlike => lookAlike.Name).Order(StringComparer.Ordinal), Names(isFraud: false));
        Assert.DoesNotContain(small.Rows, row => row.Label is { IsFraud: true, Scenario: null });
        Assert.Equal(1, FraudScenario.Usual.Sum(scenario => scenario.Share), 1e-9);
    }

    [Fact]
    public void Stream_WithoutOneScenario_HasEverythingElseUnchanged()
    {
        var options = new SimulationOptions { Customers = 300, FraudShare = 0.05 };
        var all = new TransactionSimulator(options).Stream(First, 20).ToList();
        Assert.Contains(all, row => row.Label.Scenario == "slow_drip");
        var without = new TransactionSimulator(options.WithShares(new Dictionary<string, double> { ["slow_drip"] = 0 })).Stream(First, 20);
        Assert.Equal(all.Where(row => row.Label.Scenario != "slow_drip").Select(WithoutId), without.Select(WithoutId));
    }

    [Fact]
    public void Stream_WithoutOneLookAlike_HasEverythingElseUnchanged()
    {
        var options = new SimulationOptions { Customers = 300 };
        var all = new TransactionSimulator(options).Stream(First, 20).ToList();
        Assert.Contains(all, row => row.Label.Scenario == "night_out");
        var without = new TransactionSimulator(
            options with { LookAlikes = [.. LookAlike.Usual.Where(lookAlike => lookAlike.Name != "night_out")] }).Stream(First, 20);
        Assert.Equal(all.Where(row => row.Label.Scenario != "night_out").Select(WithoutId), without.Select(WithoutId));
    }

    [Fact]
    public void Stream_ThatBeginsLater_HasTheSamePaymentsOfItsDays()
    {
        var options = new SimulationOptions { Customers = 300, FraudShare = 0.05 };
        var whole = new TransactionSimulator(options).Stream(First, 20)
            .Where(row => row.Transaction.EventTime.UtcDateTime >= First.AddDays(12).ToDateTime(TimeOnly.MinValue));
        Assert.Equal(whole.Select(WithoutId), new TransactionSimulator(options).Stream(First.AddDays(12), 8).Select(WithoutId));
    }

    /// <summary>A world that a rule on one number solves shows nothing.</summary>
    [Fact]
    public void TrivialRules_OnTheDefaultWorld_AreNeverPrecise()
    {
        var rules = new TrivialRules(CurrencyRates.Default);
        small.Rows.ForEach(row => rules.Add(row));
        Assert.InRange(rules.Amount.MostPreciseWith(0.1).Precision, 0.004, 0.1);
        Assert.InRange(rules.HourCount.MostPreciseWith(0.1).Precision, 0.004, 0.1);
        Assert.InRange(rules.Amount.AveragePrecision(), 0.004, 0.05);
    }

    [Fact]
    public void Options_OutOfRange_AreRefusedByNameValueAndRange()
    {
        Assert.Contains("Merchants is '999'; allowed: 1000 to 1000000", Assert.Throws<ArgumentException>(
            () => new TransactionSimulator(new SimulationOptions { Merchants = 999 })).Message);
        Assert.Contains("Customers is '0'", Assert.Throws<ArgumentException>(
            () => new TransactionSimulator(new SimulationOptions { Customers = 0 })).Message);
        Assert.Contains("FraudShare is 'NaN'", Assert.Throws<ArgumentException>(
            () => new LiveTraffic(new SimulationOptions { FraudShare = double.NaN })).Message);
        var unknown = Assert.Throws<ArgumentException>(
            () => new SimulationOptions().WithShares(new Dictionary<string, double> { ["slow"] = 0 }));
        Assert.Contains("Scenario is 'slow'; allowed: card_testing, ", unknown.Message);
        var wrong = new SimulationOptions().WithShares(new Dictionary<string, double> { ["slow_drip"] = 2 });
        Assert.Contains("Share of slow_drip is '2'; allowed: 0 to 1", Assert.Throws<ArgumentException>(
            () => new TransactionSimulator(wrong)).Message);
    }

    private static LabelledTransaction WithoutId(LabelledTransaction row) => row with { Transaction = row.Transaction with { Id = "" } };
}
