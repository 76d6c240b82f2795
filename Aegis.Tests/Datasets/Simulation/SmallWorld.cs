using Aegis.Core.Transactions;
using Aegis.Datasets.Simulation;

namespace Aegis.Tests.Datasets.Simulation;

/// <summary>The default world with 3,000 customers, 120 days of it.</summary>
public sealed class SmallWorld
{
    internal const int Days = 120;
    internal static readonly DateOnly First = new(2025, 3, 1);

    public SmallWorld()
    {
        Options = new SimulationOptions { Customers = 3_000 };
        World = new SimulatedWorld(Options);
        Rows = [.. new TransactionSimulator(Options).Stream(First, Days)];
        MerchantById = World.Merchants.All.ToDictionary(merchant => merchant.Id);
        CustomerByCard = Enumerable.Range(0, Options.Customers)
            .ToDictionary(number => World.CardToken(number), number => World.Customer(number));
    }

    internal SimulationOptions Options { get; }

    internal SimulatedWorld World { get; }

    internal List<LabelledTransaction> Rows { get; }

    internal Dictionary<string, Merchant> MerchantById { get; }

    internal Dictionary<string, CustomerProfile> CustomerByCard { get; }

    /// <summary>Payments of a scenario or look-alike.</summary>
    internal List<Transaction> Of(string scenario) => [.. Rows.Where(row => row.Label.Scenario == scenario).Select(row => row.Transaction)];

    /// <summary>A payment's hour of the day where it happened.</summary>
    internal double LocalHour(Transaction payment)
    {
        var utc = payment.EventTime.ToUnixTimeMilliseconds();
        return (utc + City.All[MerchantById[payment.MerchantId].City].UtcOffsetMs) % CalendarDay.DayMs / (double)CalendarDay.HourMs;
    }
}
