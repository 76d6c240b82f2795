using Aegis.Core.Numerics;
using Aegis.Core.Transactions;

namespace Aegis.Core.Simulation;

/// <summary>Streams the payments of all customers in time order, one day in memory at a time.</summary>
public sealed class TransactionSimulator(SimulationOptions options)
{
    private readonly SimulatedWorld _world = new(options.Seed);

    /// <summary>Payments of <paramref name="days"/> days from <paramref name="first"/> on; ids are <c>g</c>, seed and a running number.</summary>
    public IEnumerable<LabelledTransaction> Stream(DateOnly first, int days)
    {
        var customers = Enumerable.Range(0, options.Customers).Select(number => _world.Customer(number)).ToArray();
        // Episodes run over midnight: what is still to come waits here.
        var ahead = new PriorityQueue<LabelledTransaction, DateTimeOffset>();
        long next = 0;
        for (var day = first; day < first.AddDays(days); day = day.AddDays(1))
        {
            var random = SeededRandom.For(options.Seed, (ulong)day.DayNumber, part: 3);
            foreach (var customer in customers)
            {
                foreach (var payment in customer.PaymentsOf(day))
                {
                    ahead.Enqueue(new LabelledTransaction(payment, default), payment.EventTime);
                }

                StartEpisode(customer, day, ref random, ahead);
            }

            var midnight = new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
            while (ahead.TryPeek(out var payment, out var time) && time < midnight)
            {
                ahead.Dequeue();
                yield return payment with { Transaction = payment.Transaction with { Id = $"g{options.Seed}-{next++}" } };
            }
        }
    }

    private void StartEpisode(CustomerProfile customer, DateOnly day, ref SeededRandom random, PriorityQueue<LabelledTransaction, DateTimeOffset> ahead)
    {
        // About four frauds an episode, so that frauds make up the wanted share of all payments.
        const double FraudsPerEpisode = 4;
        var probability = options.FraudShare / (1 - options.FraudShare) * customer.PaymentsPerDay / FraudsPerEpisode;
        if (!random.NextBool(probability))
        {
            return;
        }

        var start = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddHours(random.NextDouble() * 24);
        foreach (var payment in FraudScenario.Draw(ref random).Play(_world, customer, start, ref random))
        {
            ahead.Enqueue(payment, payment.Transaction.EventTime);
        }
    }
}
