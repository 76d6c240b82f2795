using Aegis.Core.Numerics;

namespace Aegis.Datasets.Simulation.LookAlikes;

/// <summary>Some days in another city or country: paid in advance, then new merchants, other hours, cash.</summary>
public sealed record Holiday() : LookAlike("holiday")
{
    private const int SlotDays = 56;
    private const int MaxTripDays = 15;
    private const double SlotsPerYear = 365.25 / SlotDays;

    /// <summary>The mean number of holidays a year, 0 to 6; more in summer.</summary>
    public double TripsPerYear { get; init; } = 1.3;

    /// <summary>The slot of weeks around a day. The slots of customers begin on different days.</summary>
    internal static int SlotOf(int day, long customer) => (day + (int)((ulong)customer * 17 % SlotDays)) / SlotDays;

    /// <summary>A customer's holiday in a slot; it is booked and over within the slot.</summary>
    internal Trip Plan(SimulatedWorld world, CustomerProfile customer, int slot)
    {
        var random = WorldDraws.For(world.Seed, Purpose.Holiday, customer.Number, slot);
        var start = (slot * SlotDays) - (int)((ulong)customer.Number * 17 % SlotDays);
        var season = CalendarDay.TravelFactor(CalendarDay.Of(start + (SlotDays / 2)).Month);
        if (!random.NextBool(Math.Min(0.95, TripsPerYear / SlotsPerYear * season)))
        {
            return Trip.None;
        }

        var days = random.NextBool(0.45) ? random.NextBetween(2, 4) : random.NextBetween(5, MaxTripDays);
        var first = start + 5 + random.NextInt(SlotDays - days - 5);
        var booking = start + random.NextInt(first - start);
        return new Trip(Cities.DrawDestination(ref random), first, first + days - 1, booking);
    }

    /// <inheritdoc/>
    internal override void Add(in CustomerDay day, byte label)
    {
        // Outings make the payments while the customer is away.
        var trip = day.Customer.HolidayAround(day.Day.Number);
        if (trip.BookingDay == day.Day.Number)
        {
            Book(day, trip, label);
        }
        else if (trip.LastDay == day.Day.Number)
        {
            var random = day.DrawsFor(this);
            var hotel = day.World.Merchants.PickShop(trip.City, Shop.Hotel, ref random);
            day.PayInShop(day.At(trip.City, random.NextDouble(7, 11)), hotel, 0.6 * Math.Sqrt(trip.LastDay - trip.FirstDay + 1), label,
                ref random);
        }
    }

    private void Book(in CustomerDay day, in Trip trip, byte label)
    {
        var random = day.DrawsFor(this);
        var time = day.At(day.Home.City, random.NextDouble(10, 23));
        for (var remaining = random.NextBetween(1, 3); remaining > 0; remaining--)
        {
            day.PayOnline(time, day.FindSite(Site.Travel, ref random), 1.2 * Math.Sqrt(trip.LastDay - trip.FirstDay + 1) / 2, label,
                ref random);
            time += (long)(random.NextWait(25) * 60_000);
        }
    }
}
