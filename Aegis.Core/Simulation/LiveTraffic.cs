using Aegis.Core.Numerics;
using Aegis.Core.Transactions;

namespace Aegis.Core.Simulation;

/// <summary>One live payment, and what the log must know of its card first.</summary>
/// <param name="Payment">The payment, happening now.</param>
/// <param name="History">The card's payments of the last 90 days, oldest first; empty where the log has them already.</param>
public readonly record struct LivePayment(LabelledTransaction Payment, IReadOnlyList<Transaction> History);

/// <summary>Simulated traffic in real time, at any rate.</summary>
/// <remarks>
/// A customer pays once in a day or three, so a stream of R payments a second has a population of R × 86,400 / 0.35 cards, and
/// hardly any pays twice within an hour unless a thief has it. Customers are made from the seed when their turn comes, each with
/// 90 days of history. Episodes are met as they would be in a running stream, at any of their stages; the later stages follow in
/// real time.
/// </remarks>
public sealed class LiveTraffic(SimulationOptions options)
{
    private readonly SimulatedWorld _world = new(options.Seed);
    private readonly PriorityQueue<LabelledTransaction, DateTimeOffset> _ahead = new();
    private double _fraudsOwed;

    /// <summary>The payment with running number <paramref name="number"/>, happening at <paramref name="now"/>.</summary>
    public LivePayment Next(long number, DateTimeOffset now)
    {
        var random = SeededRandom.For(options.Seed, (ulong)number, part: 4);
        _fraudsOwed += options.FraudShare;
        if (_ahead.TryPeek(out var due, out var time) && time <= now)
        {
            _ahead.Dequeue();
            return Emit(due, [], number, now);
        }

        // Frauds come at random, the sooner the more the stream owes.
        return random.NextBool(Math.Clamp(_fraudsOwed / 2, 0, 1)) ? MeetEpisode(number, now, ref random) : Genuine(number, now, ref random);
    }

    private LivePayment Emit(LabelledTransaction payment, IReadOnlyList<Transaction> history, long number, DateTimeOffset now)
    {
        _fraudsOwed -= payment.Label.IsFraud ? 1 : 0;
        var transaction = payment.Transaction with
        {
            Id = $"s{options.Seed}-{number}",
            EventTime = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds()),
        };
        return new LivePayment(payment with { Transaction = transaction }, history);
    }

    private LivePayment Genuine(long number, DateTimeOffset now, ref SeededRandom random)
    {
        // Whoever pays at this hour: candidates are turned down in proportion to their habits.
        const int Candidates = 40;
        var customer = _world.Customer(number * Candidates);
        for (var i = 1; i < Candidates && !random.NextBool(customer.HourWeight(now.UtcDateTime.TimeOfDay.TotalHours)); i++)
        {
            customer = _world.Customer((number * Candidates) + i);
        }

        var payment = customer.Pay(now, ref random);
        return Emit(new LabelledTransaction(payment, default), History(customer, number, now, now), number, now);
    }

    private LivePayment MeetEpisode(long number, DateTimeOffset now, ref SeededRandom random)
    {
        var customer = _world.Customer(-1 - number);
        var episode = FraudScenario.Draw(ref random).Play(_world, customer, now, ref random);
        var frauds = Enumerable.Range(0, episode.Count).Where(i => episode[i].Label.IsFraud).ToArray();
        var stage = frauds[random.NextInt(frauds.Length)];
        var shift = now - episode[stage].Transaction.EventTime;
        var earlier = episode.Take(stage).Select((payment, i) => payment.Transaction with { Id = $"e{options.Seed}-{number}-{i}", EventTime = payment.Transaction.EventTime + shift });
        foreach (var later in episode.Skip(stage + 1))
        {
            _ahead.Enqueue(later, later.Transaction.EventTime + shift);
        }

        var first = episode[0].Transaction.EventTime + shift;
        return Emit(episode[stage], [.. History(customer, number, now, first), .. earlier.Where(payment => payment.EventTime >= Oldest(now))], number, now);
    }

    private static DateTimeOffset Oldest(DateTimeOffset now) => now.AddDays(-SimulationOptions.HistoryDays);

    /// <summary>The customer's genuine payments of the 90 days up to now that lie before the episode, if there is one.</summary>
    private List<Transaction> History(CustomerProfile customer, long number, DateTimeOffset now, DateTimeOffset before)
    {
        var history = new List<Transaction>();
        var last = DateOnly.FromDateTime(before.UtcDateTime);
        for (var day = DateOnly.FromDateTime(Oldest(now).UtcDateTime); day <= last; day = day.AddDays(1))
        {
            foreach (var payment in customer.PaymentsOf(day))
            {
                if (payment.EventTime >= Oldest(now) && payment.EventTime < before)
                {
                    history.Add(payment with { Id = $"h{options.Seed}-{number}-{history.Count}" });
                }
            }
        }

        return history;
    }
}
