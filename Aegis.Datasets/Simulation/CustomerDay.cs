using Aegis.Core.Numerics;
using Aegis.Core.Transactions;

namespace Aegis.Datasets.Simulation;

/// <summary>One customer's day, to which habits and look-alikes add payments.</summary>
/// <param name="World">The world.</param>
/// <param name="Customer">The customer.</param>
/// <param name="Day">The local day.</param>
/// <param name="Payments">Receives the payments, in no order.</param>
internal readonly record struct CustomerDay(
    SimulatedWorld World, CustomerProfile Customer, CalendarDay Day, List<SimulatedPayment> Payments)
{
    private const double SwipeShare = 0.02;
    private const double ContactlessShare = 0.65;
    private const double TelephoneShare = 0.015;
    private const double GuestShare = 0.06;
    private const double FromHomeShare = 0.8;

    /// <summary>The home.</summary>
    public Residence Home => Customer.ResidenceOn(Day.Number);

    /// <summary>The city that the customer is in.</summary>
    public int City => Customer.CityOn(Day.Number);

    /// <summary>A time of the day in a city, in Unix milliseconds.</summary>
    /// <param name="city">The city whose clock counts.</param>
    /// <param name="hour">Local hour; may lie beyond 24.</param>
    public long At(int city, double hour) =>
        CalendarDay.StartMs(Day.Number) - Simulation.City.All[city].UtcOffsetMs + (long)(hour * CalendarDay.HourMs);

    /// <summary>The random numbers of a look-alike on this day of this customer.</summary>
    public SeededRandom DrawsFor(LookAlike lookAlike) => WorldDraws.For(World.Seed ^ lookAlike.Stream, Customer.Number, Day.Number);

    /// <summary>An open shop of a trade for this customer, at home mostly a favourite one; null if none is found after
    /// some tries.</summary>
    public Merchant? FindShop(int city, int trade, long timeMs, ref SeededRandom random)
    {
        const int Tries = 4;
        var home = Home;
        for (var i = 0; i < Tries; i++)
        {
            var shop = city == home.City && random.NextBool(SimulatedWorld.Loyalty)
                ? Favourites.Shop(World, Customer, home, trade, Favourites.DrawRank(ref random))
                : World.Merchants.PickShop(city, trade, ref random);
            if (shop.IsOpenAt(timeMs))
            {
                return shop;
            }
        }

        return null;
    }

    /// <summary>A site of a trade for this customer, mostly a favourite one.</summary>
    public Merchant FindSite(int trade, ref SeededRandom random) => random.NextBool(SimulatedWorld.Loyalty)
        ? Favourites.Site(World, Customer, Home, trade, Favourites.DrawRank(ref random))
        : World.Merchants.PickSite(trade, ref random);

    /// <summary>Pays in a shop.</summary>
    public void PayInShop(long timeMs, Merchant shop, double factor, byte label, ref SeededRandom random)
    {
        var channel = shop.Trade.Mcc == SimulatedWorld.CashMcc ? Channel.Atm
            : random.NextBool(SwipeShare) ? Channel.Swipe : random.NextBool(ContactlessShare) ? Channel.Contactless : Channel.Chip;
        Payments.Add(new SimulatedPayment(
            timeMs, Customer.Number, 0, Prices.Draw(shop, Customer.SpendingLog, factor, ref random), shop.Number, 0, (byte)shop.City,
            channel, label));
    }

    /// <summary>Pays on the web or, rarely, by telephone.</summary>
    public void PayOnline(long timeMs, Merchant site, double factor, byte label, ref SeededRandom random)
    {
        var isByTelephone = random.NextBool(TelephoneShare);
        var device = isByTelephone || random.NextBool(GuestShare) ? 0 : Customer.DeviceOn(Day.Number, random.NextDouble());
        var address = isByTelephone ? 0 : random.NextBool(FromHomeShare) && City == Home.City
            ? Customer.HomeAddressOn(Day.Number)
            : Addresses.Draw(ref random);
        Payments.Add(new SimulatedPayment(
            timeMs, Customer.Number, device, Prices.Draw(site, Customer.SpendingLog, factor, ref random), site.Number, address, (
                byte)Home.City,
            isByTelephone ? Channel.Moto : Channel.Ecommerce, label));
    }
}
