using Aegis.Core.Numerics;
using Aegis.Core.Transactions;

namespace Aegis.Datasets.Simulation;

/// <summary>Merchants, and any number of customers. All of them are a function of the options; customers are made when needed.</summary>
internal sealed class SimulatedWorld
{
    /// <summary>ISO 18245 code of cash machines.</summary>
    public const int CashMcc = 6011;

    /// <summary>The part of a higher income that goes into a single payment. Richer customers also pay more often.</summary>
    public const double IncomeElasticity = 0.7;

    /// <summary>The share of payments at home that go to a favourite merchant.</summary>
    public const double Loyalty = 0.75;

    private readonly Dictionary<string, byte> _labels = [];
    private readonly CityMoney[] _money = [.. City.All.Select(city => new CityMoney(city.Currency))];

    /// <param name="options">The options. Equal options make equal worlds.</param>
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

    /// <summary>The options that the world was made from.</summary>
    public SimulationOptions Options { get; }

    /// <summary>The seed.</summary>
    public ulong Seed => Options.Seed;

    /// <summary>All merchants.</summary>
    public MerchantDirectory Merchants { get; }

    /// <summary>The times of customers' holidays; null if nobody goes on holiday.</summary>
    public LookAlikes.Holiday? Holidays { get; }

    /// <summary>All labels that a payment can have. The first is that of an ordinary payment.</summary>
    public FraudLabel[] Labels { get; }

    private byte[] LookAlikeLabels { get; }

    private byte HolidayLabel { get; }

    /// <summary>A customer by number; negative numbers are customers too.</summary>
    public CustomerProfile Customer(long number) => new(this, number);

    /// <summary>The label of a scenario's payments.</summary>
    public byte LabelOf(FraudScenario scenario) => _labels[scenario.Name];

    /// <summary>The label of a customer's payments in town on a day, when the customer may be on holiday.</summary>
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

    /// <summary>Turns a payment into a labelled transaction.</summary>
    public LabelledTransaction Write(in SimulatedPayment payment, string id) => new(WriteUnlabelled(payment, id), Labels[payment.Label]);

    /// <summary>Turns a payment into a transaction, without its label.</summary>
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
