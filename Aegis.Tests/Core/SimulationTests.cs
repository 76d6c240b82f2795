using Aegis.Core.Simulation;
using Aegis.Core.Transactions;

namespace Aegis.Tests.Core;

public sealed class SimulationTests
{
    private static readonly DateOnly First = new(2025, 1, 1);

    [Fact]
    public void Stream_OfOneSeed_RepeatsItself()
    {
        var options = new SimulationOptions { Customers = 40, Seed = 5 };
        Assert.Equal(new TransactionSimulator(options).Stream(First, 10), new TransactionSimulator(options).Stream(First, 10));
        Assert.NotEqual(
            new TransactionSimulator(options).Stream(First, 10).First().Transaction.CardToken,
            new TransactionSimulator(options with { Seed = 6 }).Stream(First, 10).First().Transaction.CardToken);
    }

    [Fact]
    public void Stream_IsValidInTimeOrderAndHasTheWantedFrauds()
    {
        var rows = new TransactionSimulator(new SimulationOptions { Customers = 1_000, FraudShare = 0.05 }).Stream(First, 60).ToList();
        var faults = new List<TransactionFault>();
        rows.ForEach(row => TransactionValidator.Validate(row.Transaction, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), faults));
        Assert.Empty(faults);
        // Tokens of far more cards: what looks like a card number by chance must not be refused.
        var world = new SimulatedWorld(42);
        Assert.DoesNotContain(Enumerable.Range(0, 200_000), number => CardNumbers.Contains(world.Customer(number).CardToken));
        Assert.Equal(rows.OrderBy(r => r.Transaction.EventTime).Select(r => r.Transaction.EventTime), rows.Select(r => r.Transaction.EventTime));
        Assert.Equal(rows.Count, rows.Select(r => r.Transaction.Id).Distinct().Count());
        Assert.InRange(rows.Count(r => r.Label.IsFraud) / (double)rows.Count, 0.035, 0.065);
        Assert.Equal(FraudScenario.All.Select(s => s.Name).Order(), rows.Select(r => r.Label.Scenario).OfType<string>().Distinct().Order());
    }

    [Fact]
    public void LiveTraffic_HappensNowAfterAHistoryOfNinetyDays()
    {
        var now = TestTransactions.Noon;
        var traffic = new LiveTraffic(new SimulationOptions { FraudShare = 0.05 });
        var payments = Enumerable.Range(0, 2_000).Select(number => traffic.Next(number, now.AddSeconds(number / 20.0))).ToList();
        Assert.Equal(2_000, payments.Select(p => p.Payment.Transaction.Id).Distinct().Count());
        Assert.All(payments, p => Assert.InRange(p.Payment.Transaction.EventTime, now, now.AddSeconds(100)));
        Assert.All(payments.SelectMany(p => p.History), t => Assert.InRange(t.EventTime, now.AddDays(-91), now.AddSeconds(100)));
        Assert.All(payments.Where(p => p.History.Count > 0), p => Assert.All(p.History, t => Assert.Equal(p.Payment.Transaction.CardToken, t.CardToken)));
        Assert.InRange(payments.Count(p => p.Payment.Label.IsFraud), 80, 120);
    }
}
