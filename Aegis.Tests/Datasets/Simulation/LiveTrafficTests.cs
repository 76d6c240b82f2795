using System.Text;
using Aegis.Core.Transactions;
using Aegis.Datasets.Simulation;
using Aegis.Streams.Entries;

namespace Aegis.Tests.Datasets.Simulation;

public sealed class LiveTrafficTests
{
    private static readonly DateTimeOffset Now = TestTransactions.Noon;

    [Fact]
    public void Next_HappensNowAfterAHistoryOfNinetyDays()
    {
        var payments = Run(new LiveTraffic(new SimulationOptions { FraudShare = 0.05 }), 2_000);
        Assert.Equal(2_000, payments.Select(p => p.Payment.Id).Distinct().Count());
        Assert.All(payments, p => Assert.InRange(p.Payment.EventTime, Now, Now.AddSeconds(100)));
        Assert.All(payments, p => Assert.All(
            p.History, t => Assert.True(
                t.CardToken == p.Payment.CardToken && t.EventTime < p.Payment.EventTime
                && t.EventTime > p.Payment.EventTime.AddDays(-91))));
        Assert.All(payments, p => Assert.Equal(p.History.Select(t => t.EventTime).Order(), p.History.Select(t => t.EventTime)));
        Assert.InRange(payments.Where(p => p.History.Count > 0).Average(p => p.History.Count), 30, 200);
        var faults = new List<TransactionFault>();
        payments.ForEach(p => TransactionValidator.Validate(p.Payment, Now.AddSeconds(100), faults));
        Assert.Empty(faults);
    }

    [Fact]
    public void Next_HasTheWantedFraudsAndRepeatsItself()
    {
        var traffic = new LiveTraffic(new SimulationOptions { FraudShare = 0.05 });
        var once = Run(traffic, 2_000);
        Assert.InRange(traffic.Frauds, 80, 120);
        Assert.Equal(once.Take(300).Select(p => p.Payment), Run(new LiveTraffic(new SimulationOptions { FraudShare = 0.05 }), 300)
            .Select(p => p.Payment));
    }

    [Fact]
    public void Next_InTheSmallHours_FindsSomebodyToo()
    {
        var night = new DateTimeOffset(2026, 3, 3, 3, 10, 0, TimeSpan.Zero);
        var traffic = new LiveTraffic(new SimulationOptions());
        Assert.All(Enumerable.Range(0, 20), number => Assert.Equal(night, traffic.Next(number, night).Payment.EventTime));
    }

    /// <summary>Nothing that reaches the log tells what is fraud.</summary>
    [Fact]
    public void Next_CarriesNeitherLabelNorScenario()
    {
        Assert.DoesNotContain(
            typeof(LivePayment).GetProperties(), property =>
            property.PropertyType == typeof(FraudLabel) || property.PropertyType == typeof(LabelledTransaction));
        Assert.DoesNotContain(
            typeof(Transaction).GetProperties(), property =>
            property.PropertyType == typeof(FraudLabel) || property.Name.Contains("Scenario", StringComparison.OrdinalIgnoreCase));
        string[] names = [.. FraudScenario.Usual.Select(scenario => scenario.Name), .. LookAlike.Usual.Select(lookAlike => lookAlike.Name),
            "fraud"];
        foreach (var live in Run(new LiveTraffic(new SimulationOptions { FraudShare = 0.3 }), 500))
        {
            var entry = Encoding.Latin1.GetString(
                MessageCodec.Encode(new LogMessage([live.Payment, .. live.History], IsHistory: false, Now, TraceParent: null)));
            Assert.DoesNotContain(names, name => entry.Contains(name, StringComparison.OrdinalIgnoreCase));
            // A running number, whoever pays.
            Assert.Matches("^s42-[0-9]+$", live.Payment.Id);
        }
    }

    private static List<LivePayment> Run(LiveTraffic traffic, int count) =>
        [.. Enumerable.Range(0, count).Select(number => traffic.Next(number, Now.AddSeconds(number / 20.0)))];
}
