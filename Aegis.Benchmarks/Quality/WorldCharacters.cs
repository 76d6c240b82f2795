using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.Datasets.Simulation;

namespace Aegis.Benchmarks.Quality;

/// <summary>Simulated worlds of several characters: the simulator's payments, of which only some are seen, or seen
/// otherwise. Each has 70 days from 2025-01-01.</summary>
internal static class WorldCharacters
{
    private const int Days = 70;
    private const int PaymentsOfAYoungCard = 4;
    private const ulong Fleets = 400;
    private const int PaymentsOfATraveller = 3;
    private static readonly DateOnly First = new(2025, 1, 1);

    /// <summary>The worlds.</summary>
    public static IReadOnlyList<(string Name, Func<IEnumerable<LabelledTransaction>> Payments)> All { get; } =
    [
        ("as simulated", () => Simulate(seed: 42, customers: 2_500)),
        ("few payments a card", () => Young(Simulate(seed: 11, customers: 2_500))),
        ("travellers", () => Travellers([.. Simulate(seed: 15, customers: 6_000)])),
        ("debit in one country", () => AtTerminals(Simulate(seed: 14, customers: 2_500))),
        ("online only", () => Simulate(seed: 13, customers: 6_000).Where(payment => payment.Transaction.Channel == Channel.Ecommerce)),
        ("fleet cards", () => Simulate(seed: 12, customers: 2_500).Select(payment => payment with { Transaction = payment.Transaction with
            { CardToken = $"fleet-{StableHash.Hash64(payment.Transaction.CardToken) % Fleets}" } })),
    ];

    private static IEnumerable<LabelledTransaction> Simulate(ulong seed, int customers) =>
        new TransactionSimulator(new SimulationOptions { Seed = seed, Customers = customers }).Stream(First, Days);

    /// <summary>Every card is replaced by another after four payments.</summary>
    private static IEnumerable<LabelledTransaction> Young(IEnumerable<LabelledTransaction> payments)
    {
        var counts = new Dictionary<string, int>();
        foreach (var payment in payments)
        {
            var card = payment.Transaction.CardToken;
            var count = counts[card] = counts.GetValueOrDefault(card) + 1;
            yield return payment with { Transaction = payment.Transaction with
                { CardToken = $"{card}-{(count - 1) / PaymentsOfAYoungCard}" } };
        }
    }

    /// <summary>The cards that were used abroad.</summary>
    private static IEnumerable<LabelledTransaction> Travellers(IReadOnlyList<LabelledTransaction> payments)
    {
        var cards = payments.GroupBy(payment => payment.Transaction.CardToken)
            .Where(card => card.Count(payment => payment.Transaction.Country != card.First().Transaction.Country) >= PaymentsOfATraveller)
            .Select(card => card.Key).ToHashSet();
        return payments.Where(payment => cards.Contains(payment.Transaction.CardToken));
    }

    /// <summary>No payment online, and nothing known of places and devices.</summary>
    private static IEnumerable<LabelledTransaction> AtTerminals(IEnumerable<LabelledTransaction> payments) =>
        payments.Where(payment => payment.Transaction.Channel != Channel.Ecommerce).Select(payment => payment with
            { Transaction = payment.Transaction with { Latitude = null, Longitude = null, DeviceId = null, IpAddress = null } });
}
