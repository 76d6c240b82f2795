using Aegis.Core.Transactions;

namespace Aegis.Tests;

/// <summary>Transactions to start from.</summary>
internal static class TestTransactions
{
    /// <summary>Noon of a Sunday.</summary>
    public static DateTimeOffset Noon { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A valid payment of 41.20 EUR in Berlin.</summary>
    public static Transaction Valid(string id = "t-1", string card = "card-1", DateTimeOffset? at = null, long amountMinor = 4120) => new()
    {
        Id = id,
        EventTime = at ?? Noon,
        CardToken = card,
        AmountMinor = amountMinor,
        Currency = "EUR",
        MerchantId = "m-1",
        Mcc = 5411,
        Country = "DE",
        Channel = Channel.Chip,
        Latitude = 52.52,
        Longitude = 13.40,
    };

    /// <summary>Payment <paramref name="i"/> of a stream, a second after the one before, of 400 cards in turn.</summary>
    public static Transaction Number(int i) => Valid($"t-{i}", $"card-{i % 400}", Noon.AddSeconds(i), 1_000 + (i * 37 % 5_000));
}
