using Aegis.Core.Numerics;
using Aegis.Core.Transactions;

namespace Aegis.Core.Simulation;

/// <summary>A customer with a home, an income, hours and favourite merchants; every day of his is a function of world, number and day.</summary>
public sealed class CustomerProfile
{
    private const double TravelProbabilityPerWeek = 0.035;
    private const double BigPurchaseProbability = 0.008;

    private readonly SimulatedWorld _world;
    private readonly Merchant[] _favourites;
    private readonly Merchant[] _onlineFavourites;
    private readonly double _busiestHour;
    private readonly double _hourSpread;
    private readonly double _onlineShare;
    private readonly double _spendingLog;
    private readonly int _subscriptionDay;

    internal CustomerProfile(SimulatedWorld world, long number)
    {
        _world = world;
        Number = number;
        var random = SeededRandom.For(world.Seed, (ulong)number, part: 2);
        CardToken = $"c{StableHash.Mix(world.Seed ^ StableHash.Mix((ulong)number)):x16}";
        Home = world.HomeCity(ref random);
        PaymentsPerDay = Math.Clamp(Math.Exp(-1.1 + (0.5 * random.NextGaussian())), 0.08, 1.5);
        _spendingLog = 0.45 * random.NextGaussian();
        _busiestHour = random.NextBool(0.3) ? random.NextDouble(8, 12) : random.NextDouble(14, 20);
        _hourSpread = random.NextDouble(2, 4);
        _onlineShare = random.NextDouble(0.05, 0.4);
        _subscriptionDay = random.NextBool(0.6) ? 1 + random.NextInt(28) : 0;
        _favourites = Pick(world.MerchantsOf(Home), 10, ref random);
        _onlineFavourites = Pick(world.Online, 5, ref random);
        Device = $"d{StableHash.Mix((ulong)number + 77):x12}";
    }

    /// <summary>The customer's number.</summary>
    public long Number { get; }

    /// <summary>The card.</summary>
    public string CardToken { get; }

    /// <summary>Where the customer lives.</summary>
    public City Home { get; }

    /// <summary>The mean number of payments a day.</summary>
    public double PaymentsPerDay { get; }

    /// <summary>The phone or computer that pays on the web.</summary>
    public string Device { get; }

    /// <summary>How likely the customer pays in an hour of the day, against the busiest: 0 to 1.</summary>
    public double HourWeight(double hour)
    {
        var distance = Math.Abs(hour - _busiestHour);
        distance = Math.Min(distance, 24 - distance) / _hourSpread;
        return Math.Exp(-0.5 * distance * distance);
    }

    /// <summary>The genuine payments of a UTC day, in time order; ids are left to the stream.</summary>
    public List<Transaction> PaymentsOf(DateOnly day)
    {
        var random = SeededRandom.For(_world.Seed, (ulong)Number, 1_000 + (ulong)day.DayNumber);
        var payments = new List<Transaction>();
        var weekday = day.DayOfWeek is DayOfWeek.Friday or DayOfWeek.Saturday ? 1.3 : day.DayOfWeek == DayOfWeek.Sunday ? 0.7 : 0.95;
        var season = day.Month == 12 ? 1.25 : 1;
        var midnight = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        for (var remaining = random.NextPoisson(PaymentsPerDay * weekday * season); remaining > 0; remaining--)
        {
            var hour = _busiestHour + (_hourSpread * random.NextGaussian());
            payments.Add(Pay(midnight.AddHours(((hour % 24) + 24) % 24), ref random));
        }

        if (day.Day == _subscriptionDay)
        {
            payments.Add(Make(midnight.AddHours(4).AddSeconds(Number % 3600), _onlineFavourites[0], Channel.Ecommerce, 9.99, ref random));
        }

        payments.Sort((a, b) => a.EventTime.CompareTo(b.EventTime));
        return payments;
    }

    /// <summary>A genuine payment at a given time.</summary>
    public Transaction Pay(DateTimeOffset time, ref SeededRandom random)
    {
        if (random.NextBool(_onlineShare))
        {
            var site = random.NextBool(0.75) ? _onlineFavourites[random.NextInt(_onlineFavourites.Length)] : _world.Online[random.NextInt(_world.Online.Count)];
            return Make(time, site, Channel.Ecommerce, Price(site, ref random), ref random);
        }

        var shops = _world.MerchantsOf(CityOn(time));
        var shop = CityOn(time) == Home && random.NextBool(0.7) ? _favourites[random.NextInt(_favourites.Length)] : shops[random.NextInt(shops.Count)];
        return Make(time, shop, ShopChannel(shop, ref random), Price(shop, ref random), ref random);
    }

    /// <summary>A payment of an amount in EUR.</summary>
    public Transaction Make(DateTimeOffset time, Merchant merchant, Channel channel, double euros, ref SeededRandom random, string? device = null)
    {
        var isOnline = channel is Channel.Ecommerce or Channel.Moto;
        var currency = isOnline ? Home.Currency : merchant.City.Currency;
        var perEuro = CurrencyRates.Default.Rates[currency];
        var minor = Math.Round(euros * perEuro * Math.Pow(10, Currencies.DecimalsOf(currency)));
        return new Transaction
        {
            Id = "",
            EventTime = DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds()),
            CardToken = CardToken,
            AmountMinor = (long)Math.Max(0, minor),
            Currency = currency,
            MerchantId = merchant.Id,
            Mcc = merchant.Mcc,
            Country = isOnline ? Home.Country : merchant.City.Country,
            Channel = channel,
            Latitude = isOnline ? null : merchant.Latitude,
            Longitude = isOnline ? null : merchant.Longitude,
            DeviceId = isOnline ? device ?? Device : null,
            IpAddress = isOnline ? $"10.{random.NextInt(256)}.{random.NextInt(256)}.{1 + random.NextInt(254)}" : null,
        };
    }

    /// <summary>A usual amount of this customer, in EUR.</summary>
    public double UsualAmount => Math.Exp(3.3 + _spendingLog);

    private City CityOn(DateTimeOffset time)
    {
        // Whole weeks away: a holiday or a business trip.
        var week = (ulong)(time.ToUnixTimeSeconds() / 604_800);
        var random = SeededRandom.For(_world.Seed, (ulong)Number, 900_000_000 + week);
        return random.NextBool(TravelProbabilityPerWeek) ? City.All[random.NextInt(City.All.Count)] : Home;
    }

    private double Price(Merchant merchant, ref SeededRandom random)
    {
        var price = Math.Exp(merchant.PriceLog + _spendingLog + (merchant.PriceSpread * random.NextGaussian()));
        return random.NextBool(BigPurchaseProbability) ? price * random.NextDouble(3, 8) : price;
    }

    private static Channel ShopChannel(Merchant shop, ref SeededRandom random) =>
        shop.Category == MerchantCategory.Cash ? Channel.Atm : random.NextBool(0.6) ? Channel.Contactless : Channel.Chip;

    private static Merchant[] Pick(IReadOnlyList<Merchant> from, int count, ref SeededRandom random)
    {
        var picked = new Merchant[count];
        for (var i = 0; i < count; i++)
        {
            picked[i] = from[random.NextInt(from.Count)];
        }

        return picked;
    }
}
