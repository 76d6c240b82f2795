using Aegis.Core.Numerics;

namespace Aegis.Datasets.Simulation;

/// <summary>Decides when which fraud happens to whom. Each scenario has its own random numbers, so leaving one out
/// changes no other.</summary>
/// <param name="world">The world.</param>
/// <param name="customers">The customers whose cards may be used.</param>
/// <param name="paymentsPerDay">Genuine payments a day, on average.</param>
internal sealed class EpisodeSchedule(SimulatedWorld world, CustomerProfile[] customers, double paymentsPerDay)
{
    /// <summary>After this many days an episode is nearly always over.</summary>
    public const int MaxEpisodeDays = 60;

    private const int MaxTries = 20_000;

    private readonly double _fraudsPerDay = paymentsPerDay * world.Options.FraudShare / (1 - world.Options.FraudShare);

    /// <summary>Adds the payments of all episodes that begin on a UTC day.</summary>
    public void Add(int day, PaymentCalendar calendar)
    {
        foreach (var scenario in world.Options.Scenarios)
        {
            AddScenario(scenario, day, calendar);
        }
    }

    private void AddScenario(FraudScenario scenario, int day, PaymentCalendar calendar)
    {
        var mean = _fraudsPerDay * scenario.Share / scenario.MeanPayments;
        var rings = 1;
        if (scenario.RingDays > 0)
        {
            // If there are too few frauds for a permanent ring, there is one part of the time, as busy as it should be.
            var cards = mean * scenario.RingDays / scenario.CardsPerRing;
            var slot = WorldDraws.For(world.Seed ^ scenario.Stream, long.MaxValue, day / scenario.RingDays);
            rings = Math.Max(1, (int)(cards + 0.5));
            mean = cards >= 1 ? mean : slot.NextBool(cards) ? mean / cards : 0;
        }

        var random = WorldDraws.For(world.Seed ^ scenario.Stream, long.MinValue, day);
        for (var number = random.NextCount(mean); number > 0; number--)
        {
            var episode = new Episode(
                world, scenario, CalendarDay.StartMs(day)
                    + random.NextInt((int)CalendarDay.DayMs), WorldDraws.For(world.Seed ^ scenario.Stream, number, day), rings);
            if (FindVictim(episode) is { } victim)
            {
                episode.Victim = victim;
                scenario.Play(episode);
                calendar.Add(episode.Payments);
            }
        }
    }

    private CustomerProfile? FindVictim(Episode episode)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var customer = customers[episode.Random.NextInt(customers.Length)];
            if (episode.Scenario.Suits(episode, customer))
            {
                return customer;
            }
        }

        return null;
    }
}
