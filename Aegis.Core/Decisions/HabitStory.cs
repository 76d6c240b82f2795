using Aegis.Core.Features;
using Aegis.Core.Transactions;

namespace Aegis.Core.Decisions;

/// <summary>Stories of a card's habits: how often it did before what it does now. A habit is called unusual only where the card's own
/// payments say so; otherwise the story has a milder code.</summary>
/// <remarks>"Lately" reaches as far back as a card's memory: its last four countries, four devices and sixteen merchants
/// (<see cref="Numerics.KeyRing"/>).</remarks>
internal static class HabitStory
{
    // A handful of payments is no habit.
    private const int MinPayments = 5;
    private const double MaxRareShare = 0.1;

    // Below this many nats of surprise a kind is as frequent as any, or nearly.
    private const double MinSurprise = 0.7;

    /// <summary>How often the card paid by the payment's channel.</summary>
    public static ReasonStory Channel(Transaction transaction, ReadOnlySpan<float> f, CardNorms norms)
    {
        var seen = Seen(f[(int)Feature.ChannelSurprise], norms.Payments, Channels.Count);
        return Counted("CHANNEL", seen, norms.Payments, $"by {transaction.Channel.Name()}");
    }

    /// <summary>How often the card paid in the merchant's category.</summary>
    public static ReasonStory Category(Transaction transaction, ReadOnlySpan<float> f, CardNorms norms)
    {
        var seen = Seen(f[(int)Feature.CategorySurprise], norms.Payments, MerchantCategories.Count);
        return Counted("CATEGORY", seen, norms.Payments, $"at {MerchantCategories.Of(transaction.Mcc).Phrase()}");
    }

    /// <summary>Whether the card knows the merchant.</summary>
    public static ReasonStory Merchant(Transaction transaction, ReadOnlySpan<float> f) =>
        f[(int)Feature.NewMerchant] > 0
            ? new("NEW_MERCHANT", $"The card has not paid at merchant {transaction.MerchantId} lately.")
            : f[(int)Feature.MerchantSurprise] > MinSurprise
                ? new("UNUSUAL_MERCHANT", $"This card paid more often at other merchants than {transaction.MerchantId} lately.")
                : new("MERCHANT", $"The payment is at merchant {transaction.MerchantId}.");

    /// <summary>Whether the card knows the country.</summary>
    public static ReasonStory Country(Transaction transaction, ReadOnlySpan<float> f) =>
        f[(int)Feature.NewCountry] > 0
            ? new("NEW_COUNTRY", $"The card has not paid in {transaction.Country} lately.")
            : f[(int)Feature.CountrySurprise] > MinSurprise
                ? new("UNUSUAL_COUNTRY", $"This card paid more often in other countries than {transaction.Country} lately.")
                : new("COUNTRY", $"The payment is in {transaction.Country}.");

    /// <summary>Whether the card knows the device.</summary>
    public static ReasonStory Device(ReadOnlySpan<float> f)
    {
        if (f[(int)Feature.DeviceKnown] == 0)
        {
            return new("NO_DEVICE", "The payment names no device.");
        }

        return f[(int)Feature.NewDevice] > 0
            ? new("NEW_DEVICE", "The card has not been used from this device lately.")
            : f[(int)Feature.DeviceSurprise] > MinSurprise
                ? new("UNUSUAL_DEVICE", "This card was used more often from other devices lately.")
                : new("DEVICE", "The payment names its device.");
    }

    /// <summary>Whether the card usually pays at this time of day.</summary>
    public static ReasonStory Hour(Transaction transaction, ReadOnlySpan<float> f)
    {
        var time = $"{transaction.EventTime.UtcDateTime:HH:mm} UTC";
        return f[(int)Feature.HourSurprise] > MinSurprise
            ? new("UNUSUAL_HOUR", $"{time} is an unusual hour for this card.")
            : new("HOUR", $"The payment is at {time}.");
    }

    /// <summary>How many of a card's payments were of a kind, from the surprise that they make
    /// (<see cref="Numerics.Surprisal.Of"/>).</summary>
    /// <param name="surprise">The surprise, nats.</param>
    /// <param name="payments">All payments of the card.</param>
    /// <param name="kinds">How many kinds there are.</param>
    internal static int Seen(float surprise, int payments, int kinds) => (int)Math.Clamp(
        Math.Round((Math.Exp(-surprise) * (payments + (kinds / 2.0)) / kinds) - 0.5), 0, payments);

    private static ReasonStory Counted(string kind, int seen, int payments, string how)
    {
        if (payments == 0)
        {
            return new("FIRST_PAYMENT", "This is the first payment seen of this card.");
        }

        var isRare = payments >= MinPayments && seen <= MaxRareShare * payments;
        var count = seen == 0 ? "None" : $"{seen:N0}";
        return new(
            isRare ? $"UNUSUAL_{kind}" : kind,
            $"{count} of this card's {payments:N0} {(payments == 1 ? "payment" : "payments")} before {(seen > 1 ? "were" : "was")} {how}.");
    }
}
