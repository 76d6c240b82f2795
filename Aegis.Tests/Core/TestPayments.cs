using Aegis.Core.Payments;
using Aegis.Core.Transactions;

namespace Aegis.Tests.Core;

/// <summary>Payments to start from.</summary>
internal static class TestPayments
{
    public const long MinuteMs = 60_000;
    public const long HourMs = 60 * MinuteMs;
    public const long DayMs = 24 * HourMs;

    /// <summary>20,000 days after 1970, at midnight.</summary>
    public const long Midnight = 20_000 * DayMs;

    /// <summary>By default 30 by chip at a German grocery, without place, device or BIN.</summary>
    public static Payment Of(
        long timeMs = Midnight, double amount = 30, int mcc = 5411, Channel channel = Channel.Chip, string country = "DE", ulong card = 1,
        ulong merchant = 2, ulong? device = null, (double Latitude, double Longitude)? place = null, uint bin = 0) =>
        new(timeMs, amount, mcc, channel, RecentPayment.Pack(country), card, merchant, device, place, bin);
}
