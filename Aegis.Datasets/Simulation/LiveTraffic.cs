using Aegis.Core.Numerics;

namespace Aegis.Datasets.Simulation;

/// <summary>Simulated traffic in real time, at any rate.</summary>
/// <remarks>
/// A customer pays about every other day, so a stream of R payments a second needs about R × 86,400 × 2 cards.
/// Customers are made from the seed when their turn comes. Of many candidates, the one chosen really pays within the
/// half hour, and comes with the 90 days before. The chosen customer's payments of the next two hours follow in real
/// time. Episodes appear at any of their stages, as in a running stream; their later stages follow in real time too.
/// </remarks>
public sealed class LiveTraffic
{
    private const int Candidates = 8_192;
    private const long WindowMs = CalendarDay.HourMs / 2;
    private const long FollowedMs = 2 * CalendarDay.HourMs;
    private const long HistoryMs = SimulationOptions.HistoryDays * CalendarDay.DayMs;

    private readonly SimulatedWorld _world;
    private readonly PriorityQueue<SimulatedPayment, long> _ahead = new();
    private readonly List<SimulatedPayment> _day = [];
    private double _fraudsOwed;

    /// <param name="options">The options. The stream has as many customers as it needs, whatever the option says.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public LiveTraffic(SimulationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _world = new SimulatedWorld(options);
    }

    /// <summary>The number of fraudulent payments so far. It is for judges of a run, never for the stream.</summary>
    public long Frauds { get; private set; }

    /// <summary>The payment with running number <paramref name="number"/>, happening at <paramref name="now"/>.</summary>
    public LivePayment Next(long number, DateTimeOffset now)
    {
        var nowMs = now.ToUnixTimeMilliseconds();
        var random = WorldDraws.For(_world.Seed, Purpose.Live, number);
        _fraudsOwed += _world.Options.FraudShare;
        if (_ahead.TryPeek(out var due, out var time) && time <= nowMs)
        {
            _ahead.Dequeue();
            return Emit(due, [], number, nowMs);
        }

        // Frauds come at random, and sooner the more of them the stream owes.
        return random.NextBool(Math.Clamp(_fraudsOwed / 2, 0, 1)) && MeetEpisode(number, nowMs, ref random) is { } fraud
            ? fraud
            : Genuine(number, nowMs);
    }

    /// <summary>As <see cref="Next"/>, but a fraud of the given kind begins. Its first payment happens now; the others
    /// follow at the thieves' pace.</summary>
    /// <returns>The payment; null if no customer suits the scenario at this time.</returns>
    public LivePayment? Begin(FraudScenario scenario, long number, DateTimeOffset now)
    {
        var nowMs = now.ToUnixTimeMilliseconds();
        return Meet(scenario, number, nowMs, _ => 0);
    }

    private LivePayment Emit(in SimulatedPayment payment, List<SimulatedPayment> history, long number, long nowMs)
    {
        if (_world.Labels[payment.Label].IsFraud)
        {
            Frauds++;
            _fraudsOwed--;
        }

        history.RemoveAll(earlier => earlier.TimeMs < nowMs - HistoryMs);
        history.Sort((a, b) => a.TimeMs.CompareTo(b.TimeMs));
        return new LivePayment(
            _world.WriteUnlabelled(payment with { TimeMs = nowMs }, $"s{_world.Seed}-{number}"),
            [.. history.Select((earlier, i) => _world.WriteUnlabelled(earlier, $"h{_world.Seed}-{number}-{i}"))]);
    }

    private LivePayment Genuine(long number, long nowMs)
    {
        for (var i = 0L; ; i++)
        {
            var customer = _world.Customer((number * Candidates) + i);
            var localDay = LocalDay(customer, nowMs);
            _day.Clear();
            _world.AddDay(customer, CalendarDay.Of(localDay), _day);

            // In the small hours there may be no such customer. Then one pays what another time of the day would have brought.
            var from = i < Candidates / 2 ? nowMs : long.MinValue;
            var until = i < Candidates / 2 ? nowMs + WindowMs : long.MaxValue;
            if (FirstBetween(from, until) is { } payment)
            {
                return Follow(customer, payment, localDay, number, nowMs);
            }
        }
    }

    private SimulatedPayment? FirstBetween(long from, long until)
    {
        SimulatedPayment? first = null;
        foreach (var payment in _day)
        {
            if (payment.TimeMs >= from && payment.TimeMs < until && (first is null || payment.TimeMs < first.Value.TimeMs))
            {
                first = payment;
            }
        }

        return first;
    }

    /// <summary>Moves all payments of the card so that this payment happens now.</summary>
    private LivePayment Follow(CustomerProfile customer, SimulatedPayment payment, int localDay, long number, long nowMs)
    {
        var shift = nowMs - payment.TimeMs;
        foreach (var later in _day)
        {
            if (later.TimeMs > payment.TimeMs && later.TimeMs <= payment.TimeMs + FollowedMs)
            {
                _ahead.Enqueue(later, later.TimeMs + shift);
            }
        }

        var history = Payments(customer, localDay);
        history.RemoveAll(earlier => earlier.TimeMs >= payment.TimeMs);
        for (var i = 0; i < history.Count; i++)
        {
            history[i] = history[i] with { TimeMs = history[i].TimeMs + shift };
        }

        return Emit(payment, history, number, nowMs);
    }

    private LivePayment? MeetEpisode(long number, long nowMs, ref SeededRandom random)
    {
        var scenario = DrawScenario(ref random);
        var draws = random;
        var met = Meet(scenario, number, nowMs, stages => draws.NextInt(stages));
        random = draws;
        return met;
    }

    /// <param name="scenario">The kind of fraud.</param>
    /// <param name="number">The running number of the present payment.</param>
    /// <param name="nowMs">Now, Unix milliseconds.</param>
    /// <param name="stageOf">Given the number of payments of the episode, returns the one that happens now.</param>
    private LivePayment? Meet(FraudScenario scenario, long number, long nowMs, Func<int, int> stageOf)
    {
        var episode = new Episode(_world, scenario, nowMs, WorldDraws.For(_world.Seed, Purpose.Live, number, 1), rings: 1);
        if (FindVictim(episode, number) is not { } victim)
        {
            return null;
        }

        episode.Victim = victim;
        episode.Scenario.Play(episode);
        var stage = stageOf(episode.Payments.Count);
        var shift = nowMs - episode.Payments[stage].TimeMs;
        var history = Payments(victim, LocalDay(victim, nowMs));
        history.RemoveAll(earlier => earlier.TimeMs >= nowMs);
        for (var i = 0; i < episode.Payments.Count; i++)
        {
            var payment = episode.Payments[i] with { TimeMs = episode.Payments[i].TimeMs + shift };
            if (i < stage)
            {
                history.Add(payment);
            }
            else if (i > stage)
            {
                _ahead.Enqueue(payment, payment.TimeMs);
            }
        }

        return Emit(episode.Payments[stage], history, number, nowMs);
    }

    private CustomerProfile? FindVictim(Episode episode, long number)
    {
        for (var i = 0L; i < Candidates; i++)
        {
            var customer = _world.Customer(-1 - (number * Candidates) - i);
            if (episode.Scenario.Suits(episode, customer))
            {
                return customer;
            }
        }

        return null;
    }

    private FraudScenario DrawScenario(ref SeededRandom random)
    {
        var scenarios = _world.Options.Scenarios;
        var point = random.NextDouble() * scenarios.Sum(scenario => scenario.Share / scenario.MeanPayments);
        foreach (var scenario in scenarios)
        {
            point -= scenario.Share / scenario.MeanPayments;
            if (point < 0)
            {
                return scenario;
            }
        }

        return scenarios[^1];
    }

    /// <summary>The customer's genuine payments of the 90 days up to a local day.</summary>
    private List<SimulatedPayment> Payments(CustomerProfile customer, int lastDay)
    {
        var payments = new List<SimulatedPayment>();
        for (var day = lastDay - SimulationOptions.HistoryDays - 1; day <= lastDay; day++)
        {
            _world.AddDay(customer, CalendarDay.Of(day), payments);
        }

        return payments;
    }

    private static int LocalDay(CustomerProfile customer, long nowMs) =>
        CalendarDay.NumberOf(nowMs + City.All[customer.ResidenceOn(CalendarDay.NumberOf(nowMs)).City].UtcOffsetMs);
}
