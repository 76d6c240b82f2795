using Aegis.Core.Numerics;

namespace Aegis.Datasets.Simulation;

/// <summary>A customer with a home, an income, habits and trips. All of this is a function of world, number and day.</summary>
/// <remarks>It keeps the answers for the last day asked, so it is for one thread. Answers do not depend on earlier questions.</remarks>
internal sealed class CustomerProfile
{
    // Homes are counted from this day; nothing before it is simulated.
    private const int FirstDay = 728_000;
    private const int DaysBetweenMoves = 2_500;
    private const int DaysPerAddress = 24;
    private const double StaysInCountry = 0.7;
    private const double NearHomeDegrees = 0.06;
    /// <summary>Cities that a frequent traveller goes to again and again.</summary>
    public const int RegularDestinations = 3;

    private readonly SimulatedWorld _world;
    private readonly int _movePhase;
    private readonly int _deviceLife;
    private readonly int _devicePhase;
    private readonly double _secondDeviceShare;
    private Residence _residence = new(-1, 0, 0, 0, 0);
    private int _holidaySlot = -1;
    private Trip _holiday;
    private int _week = -1;
    private Trip _businessTrip;

    internal CustomerProfile(SimulatedWorld world, long number)
    {
        _world = world;
        Number = number;
        var random = WorldDraws.For(world.Seed, Purpose.Customer, number);
        Habits = Habits.Draw(ref random);
        SpendingLog = Habits.SpendingShift + (0.4 * random.NextNormal());
        OutingsPerDay = Math.Clamp(Habits.OutingsPerDay * random.NextLogNormal(-0.15, 0.55), 0.05, 2);
        OnlineShare = Math.Clamp(Habits.OnlineShare * random.NextLogNormal(0, 0.5), 0.01, 0.8);
        HourShift = 0.8 * random.NextNormal();
        _movePhase = random.NextInt(DaysBetweenMoves);
        _deviceLife = random.NextBetween(500, 1_500);
        _devicePhase = random.NextInt(_deviceLife);
        _secondDeviceShare = random.NextBool(0.4) ? random.NextDouble(0.05, 0.5) : 0;
        Subscriptions = random.NextInt(4);
    }

    /// <summary>The customer's number.</summary>
    public long Number { get; }

    /// <summary>When the customer goes out and what the customer buys.</summary>
    public Habits Habits { get; }

    /// <summary>How much more than others the customer spends, in ln EUR.</summary>
    public double SpendingLog { get; }

    /// <summary>Mean outings on an ordinary day.</summary>
    public double OutingsPerDay { get; }

    /// <summary>The share of outings that are on the web.</summary>
    public double OnlineShare { get; }

    /// <summary>How much later than others the customer does everything, in hours.</summary>
    public double HourShift { get; }

    /// <summary>The number of monthly payments.</summary>
    public int Subscriptions { get; }

    /// <summary>The mean of ln EUR of the customer's payments.</summary>
    public double UsualLog => 2.95 + (SimulatedWorld.IncomeElasticity * SpendingLog);

    /// <summary>True if the customer often pays in other cities.</summary>
    public bool IsFrequentTraveller => Habits.BusinessTripsPerWeek > 0;

    /// <summary>The home on a day.</summary>
    public Residence ResidenceOn(int day)
    {
        var index = (day - FirstDay + _movePhase) / DaysBetweenMoves;
        if (index != _residence.Index)
        {
            _residence = MakeResidence(index);
        }

        return _residence;
    }

    /// <summary>The city that the customer is in on a day.</summary>
    public int CityOn(int day) => HolidayAround(day) is var holiday && holiday.Includes(day) ? holiday.City
        : BusinessTripOf(day) is var trip && trip.Includes(day) ? trip.City : ResidenceOn(day).City;

    /// <summary>The holiday of the weeks around a day; <see cref="Trip.None"/> if there is none.</summary>
    public Trip HolidayAround(int day)
    {
        if (_world.Holidays is not { } holidays)
        {
            return Trip.None;
        }

        var slot = LookAlikes.Holiday.SlotOf(day, Number);
        if (slot != _holidaySlot)
        {
            (_holidaySlot, _holiday) = (slot, holidays.Plan(_world, this, slot));
        }

        return _holiday;
    }

    /// <summary>A city that the customer travels to on business.</summary>
    public int RegularDestination(int index)
    {
        var random = WorldDraws.For(_world.Seed, Purpose.BusinessTrip, Number, -1 - index);
        return Cities.DrawDestination(ref random);
    }

    /// <summary>The device used for web payments on a day, chosen by a number in [0, 1).</summary>
    public ulong DeviceOn(int day, double choice)
    {
        var kind = choice < _secondDeviceShare ? 1u : 0u;
        return WorldDraws.For(_world.Seed, Purpose.Device, Number, (DeviceGeneration(day) * 2) + kind).NextBits() >> 16;
    }

    /// <summary>True on the first day of a new phone.</summary>
    public bool HasNewDeviceOn(int day) => DeviceGeneration(day) != DeviceGeneration(day - 1);

    /// <summary>The IPv4 address at home, which the provider changes every few weeks.</summary>
    public uint HomeAddressOn(int day) => AddressOf(WorldDraws.For(_world.Seed, Purpose.Address, Number, day / DaysPerAddress));

    private static uint AddressOf(SeededRandom random) => Addresses.Draw(ref random);

    private long DeviceGeneration(int day) => (day + _devicePhase) / _deviceLife;

    private Trip BusinessTripOf(int day)
    {
        if (!IsFrequentTraveller)
        {
            return Trip.None;
        }

        var week = day / 7;
        if (week != _week)
        {
            (_week, _businessTrip) = (week, PlanWeek(week));
        }

        return _businessTrip;
    }

    /// <summary>Plans the business trip of a week. Weeks begin on Monday, because day 0 was a Monday.</summary>
    private Trip PlanWeek(int week)
    {
        var random = WorldDraws.For(_world.Seed, Purpose.BusinessTrip, Number, week);
        if (!random.NextBool(Habits.BusinessTripsPerWeek))
        {
            return Trip.None;
        }

        var first = (week * 7) + random.NextInt(3);
        var city = random.NextBool(0.75) ? RegularDestination(random.NextInt(RegularDestinations)) : Cities.DrawDestination(ref random);
        return new Trip(city, first, first + random.NextInt(3), first - 1);
    }

    /// <summary>Makes a home. Most homes are in the country of the first one.</summary>
    private Residence MakeResidence(int index)
    {
        var first = WorldDraws.For(_world.Seed, Purpose.Residence, Number);
        var country = Cities.DrawHome(ref first);
        var random = WorldDraws.For(_world.Seed, Purpose.Residence, Number, 1 + index);
        var city = random.NextBool(StaysInCountry) ? Cities.DrawHomeInCountryOf(country, ref random) : Cities.DrawHome(ref random);
        return new Residence(
            index, city, City.All[city].Latitude + (NearHomeDegrees * random.NextNormal()), City.All[city].Longitude
                + (1.5 * NearHomeDegrees * random.NextNormal()),
            FirstDay + (index * DaysBetweenMoves) - _movePhase);
    }
}
