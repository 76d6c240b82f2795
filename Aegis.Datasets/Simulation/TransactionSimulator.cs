using Aegis.Core.Transactions;

namespace Aegis.Datasets.Simulation;

/// <summary>Streams the payments of all customers in time order. Memory grows with the number of customers and a few
/// days of their payments, not with the number of days.</summary>
public sealed class TransactionSimulator
{
    // Payments a day, divided by what habits alone suggest. Trips and look-alikes add payments; closed shops lose some.
    private const double PaymentsOverHabits = 1.04;

    private readonly SimulatedWorld _world;

    /// <param name="options">The options. Equal options give equal streams, to the byte, on every machine.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public TransactionSimulator(SimulationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _world = new SimulatedWorld(options);
    }

    /// <summary>The payments of <paramref name="days"/> UTC days from <paramref name="first"/> on. Ids are <c>g</c>,
    /// the seed and a running number.</summary>
    /// <remarks>The payments of a day are the same wherever the stream begins, with the frauds that began before it.</remarks>
    public IEnumerable<LabelledTransaction> Stream(DateOnly first, int days)
    {
        var firstDay = first.DayNumber;
        var customers = Enumerable.Range(0, _world.Options.Customers).Select(number => _world.Customer(number)).ToArray();
        var calendar = new PaymentCalendar(firstDay, firstDay + days - 1);
        var schedule = new EpisodeSchedule(_world, customers, customers.Sum(PaymentsPerDay));
        for (var day = firstDay - EpisodeSchedule.MaxEpisodeDays; day < firstDay - 1; day++)
        {
            schedule.Add(day, calendar);
        }

        // A UTC day holds local days from the one before to the one after it.
        long next = 0;
        var payments = new List<SimulatedPayment>();
        for (var day = firstDay - 1; day <= firstDay + days; day++)
        {
            schedule.Add(day, calendar);
            AddLocalDay(customers, CalendarDay.Of(day), payments, calendar);
            foreach (var payment in calendar.Take(day - 1))
            {
                yield return _world.Write(payment, $"g{_world.Seed}-{next++}");
            }
        }
    }

    private void AddLocalDay(CustomerProfile[] customers, CalendarDay day, List<SimulatedPayment> payments, PaymentCalendar calendar)
    {
        foreach (var customer in customers)
        {
            payments.Clear();
            _world.AddDay(customer, day, payments);
            calendar.Add(payments);
        }
    }

    private static double PaymentsPerDay(CustomerProfile customer) =>
        (customer.OutingsPerDay * Outings.MeanPayments * PaymentsOverHabits) + (customer.Subscriptions / 30.4);
}
