using Aegis.Core.Numerics;
using Aegis.Core.Transactions;

namespace Aegis.Datasets.Simulation;

/// <summary>Merchants and as many customers as anyone asks for: all a function of the options, customers made when needed.</summary>
internal sealed class SimulatedWorld
{
    /// <summary>ISO 18245 code of cash machines.</summary>
    public const int CashMcc = 6011;

    /// <summary>How much of a higher income goes into a single payment: richer customers also pay more often.</summary>
    public const double IncomeElasticity = 0.7;

    /// <summary>Share of payments at home that go to a favourite merchant.</summary>
    public const double Loyalty = 0.75;

    private readonly Dictionary<string, byte> _labels = [];
    private readonly CityMoney[] _money = [.. City.All.Select(city => new CityMoney(city.Currency))];

    /// <param name="options">Two worlds of equal options are equal.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public SimulatedWorld(SimulationOptions options)
    {
        options.Validate();
        Options = options;
        Merchants = new MerchantDirectory(options.Seed, options.Merchants);
        Holidays = options.LookAlikes.OfType<LookAlikes.Holiday>().FirstOrDefault();
        Labels =
        [
            default, .. options.Scenarios.Select(scenario => new FraudLabel(true, scenario.Name)), .. options.LookAlikes.Select(
                lookAlike => new FraudLabel(false, lookAlike.Name)),
        ];
        for (byte label = 1; label < Labels.Length; label++)
        {
            _labels.Add(Labels[label].Scenario!, label);
        }

        LookAlikeLabels = [.. options.LookAlikes.Select(lookAlike => _labels[lookAlike.Name])];
        HolidayLabel = Holidays is null ? (byte)0 : _labels[Holidays.Name];
    }

    /// <summary>What the world was made of.</summary>
    public SimulationOptions Options { get; }

    /// <summary>The seed.</summary>
    public ulong Seed => Options.Seed;

    /// <summary>All merchants.</summary>
    public MerchantDirectory Merchants { get; }

    /// <summary>When customers are on holiday; null where nobody ever is.</summary>
    public LookAlikes.Holiday? Holidays { get; }

    /// <summary>Every label that a payment can have; the first is that of an ordinary one.</summary>
    public FraudLabel[] Labels { get; }

    private byte[] LookAlikeLabels { get; }

    private byte HolidayLabel { get; }

    /// <summary>A customer by number; negative numbers are customers too.</summary>
    public CustomerProfile Customer(long number) => new(this, number);

    /// <summary>The label of a scenario's payments.</summary>
    public byte LabelOf(FraudScenario scenario) => _labels[scenario.Name];

    /// <summary>The label of what a customer pays in town on a day: he may be on holiday.</summary>
    public byte LabelAway(CustomerProfile customer, int day) => customer.HolidayAround(day).Includes(day) ? HolidayLabel : (byte)0;

    /// <summary>Adds a customer's genuine payments of a local day, in no order.</summary>
    public void AddDay(CustomerProfile customer, in CalendarDay day, List<SimulatedPayment> payments)
    {
        var whole = new CustomerDay(this, customer, day, payments);
        Outings.Add(whole);
        RecurringPayments.Add(whole);
        for (var i = 0; i < LookAlikeLabels.Length; i++)
        {
            Options.LookAlikes[i].Add(whole, LookAlikeLabels[i]);
        }
    }

    /// <summary>Writes a payment out.</summary>
    public LabelledTransaction Write(in SimulatedPayment payment, string id) => new(WriteUnlabelled(payment, id), Labels[payment.Label]);

    /// <summary>Writes a payment out without its label.</summary>
    public Transaction WriteUnlabelled(in SimulatedPayment payment, string id)
    {
        var merchant = Merchants.All[payment.Merchant];
        var money = _money[payment.CurrencyCity];
        return new Transaction
        {
            Id = id,
            EventTime = DateTimeOffset.FromUnixTimeMilliseconds(payment.TimeMs),
            CardToken = CardToken(payment.Customer),
            AmountMinor = money.MinorOf(payment.Euros, merchant.Trade.Ending == PriceEnding.Notes),
            Currency = money.Currency,
            MerchantId = merchant.Id,
            Mcc = merchant.Trade.Mcc,
            Country = City.All[merchant.City].Country,
            Channel = payment.Channel,
            Latitude = payment.Channel.IsCardPresent() ? merchant.Latitude : null,
            Longitude = payment.Channel.IsCardPresent() ? merchant.Longitude : null,
            DeviceId = payment.Device == 0 ? null : $"d{payment.Device:x12}",
            IpAddress = Addresses.Text(payment.Address),
        };
    }

    /// <summary>The card of a customer.</summary>
    public string CardToken(long customer)
    {
        var mixed = StableHash.Mix(Seed ^ StableHash.Mix((ulong)customer));
        var token = $"c{mixed:x16}";
        // Some digits among the letters look like a card number, which Aegis would exchange or refuse.
        while (CardNumbers.Contains(token))
        {
            mixed = StableHash.Mix(mixed);
            token = $"c{mixed:x16}";
        }

        return token;
    }
}
