using Aegis.Core.Numerics;
using Aegis.Core.Transactions;

namespace Aegis.Datasets.Simulation;

/// <summary>One card in thieves' hands: their clock, their merchants, their payments.</summary>
internal sealed class Episode
{
    /// <summary>The episode's own random numbers.</summary>
    public SeededRandom Random;

    private readonly int _ring;

    /// <param name="world">The world.</param>
    /// <param name="scenario">The kind of fraud.</param>
    /// <param name="startMs">When it begins, in Unix milliseconds.</param>
    /// <param name="random">The episode's own random numbers.</param>
    /// <param name="rings">The number of rings at work at a time.</param>
    public Episode(SimulatedWorld world, FraudScenario scenario, long startMs, SeededRandom random, int rings)
    {
        World = world;
        Scenario = scenario;
        TimeMs = startMs;
        StartMs = startMs;
        Random = random;
        _ring = Random.NextInt(rings);
    }

    public SimulatedWorld World { get; }

    public FraudScenario Scenario { get; }

    /// <summary>When it began, in Unix milliseconds.</summary>
    public long StartMs { get; }

    /// <summary>The thieves' clock, in Unix milliseconds.</summary>
    public long TimeMs { get; private set; }

    /// <summary>The UTC day of the thieves' clock.</summary>
    public int Day => CalendarDay.NumberOf(TimeMs);

    /// <summary>The owner of the card.</summary>
    public CustomerProfile Victim { get; set; } = null!;

    /// <summary>The thieves' payments, in time order.</summary>
    public List<SimulatedPayment> Payments { get; } = [];

    /// <summary>The random numbers that all episodes of a ring share.</summary>
    public SeededRandom RingDraws()
    {
        var slot = CalendarDay.NumberOf(StartMs) / Scenario.RingDays;
        return WorldDraws.For(World.Seed ^ Scenario.Stream, -1L - _ring, slot);
    }

    /// <summary>Lets a second and the given hours pass.</summary>
    public void Wait(double hours) => TimeMs += 1_000 + (long)(hours * CalendarDay.HourMs);

    /// <summary>Waits until a city's clock is between two hours, unless it already is.</summary>
    public void WaitForHours(int city, double from, double until)
    {
        var hour = (TimeMs + City.All[city].UtcOffsetMs) % CalendarDay.DayMs / (double)CalendarDay.HourMs;
        if (hour < from || hour >= until)
        {
            Wait((((from - hour) % 24) + 24) % 24 + Random.NextDouble(0, until - from));
        }
    }

    /// <summary>A device that the card does not know.</summary>
    public ulong ForeignDevice() => Random.NextBits() >> 16;

    /// <summary>An address that is not the customer's.</summary>
    public uint ForeignAddress() => Addresses.Draw(ref Random);

    /// <summary>An open shop of one of the trades. If none is found, a fuel station or a cash machine.</summary>
    public Merchant OpenShop(int city, params ReadOnlySpan<int> trades)
    {
        const int Tries = 8;
        for (var i = 0; i < Tries; i++)
        {
            var shops = World.Merchants.ShopsOf(city, trades[Random.NextInt(trades.Length)]);
            // Not by popularity: thieves go where nobody knows them.
            var shop = shops[Random.NextInt(shops.Length)];
            if (shop.IsOpenAt(TimeMs))
            {
                return shop;
            }
        }

        return World.Merchants.PickShop(city, Random.NextBool(0.5) ? Shop.Fuel : Shop.Cash, ref Random);
    }

    /// <summary>A price that the victim would pay, times a factor, in EUR.</summary>
    public double Price(Merchant merchant, double factor) => Prices.Draw(merchant, Victim.SpendingLog, factor, ref Random);

    /// <summary>Pays with the card, or a copy of it.</summary>
    public void PayInShop(Merchant shop, double euros, Channel channel) => Pay(
        shop, euros, shop.Trade.Mcc == SimulatedWorld.CashMcc ? Channel.Atm : channel, shop.City, device: 0, address: 0);

    /// <summary>Pays on the web; as a guest if there is no device.</summary>
    public void PayOnline(Merchant site, double euros, ulong device, uint address) =>
        Pay(site, euros, Channel.Ecommerce, Victim.ResidenceOn(Day).City, device, address);

    /// <summary>Pays by telephone.</summary>
    public void PayByTelephone(Merchant merchant, double euros) =>
        Pay(merchant, euros, Channel.Moto, Victim.ResidenceOn(Day).City, device: 0, address: 0);

    private void Pay(Merchant merchant, double euros, Channel channel, int currencyCity, ulong device, uint address) =>
        Payments.Add(new SimulatedPayment(
        TimeMs, Victim.Number, device, euros, merchant.Number, address, (byte)currencyCity, channel, World.LabelOf(Scenario)));
}
