using Aegis.Core.Features;
using Aegis.Core.Transactions;

namespace Aegis.MachineLearning.Calibration;

/// <summary>How payments are divided before their scores are compared. The numeric values are part of the bundle format
/// and never change.</summary>
public enum PaymentSegments : byte
{
    /// <summary>Not at all: every payment is compared with all others.</summary>
    None = 0,

    /// <summary>How the card was presented.</summary>
    Channel = 1,

    /// <summary>Whether the card is young: fewer than 10 payments before this one.</summary>
    Age = 2,

    /// <summary>Both.</summary>
    ChannelAndAge = 3,
}

/// <summary>Numbers the segments of a division from 0 on.</summary>
public static class SegmentNumbers
{
    private const int Ages = 2;
    private const int YoungPayments = 10;
    private static readonly float Old = MathF.Log(1 + YoungPayments);

    /// <summary>The number of segments.</summary>
    public static int Count(this PaymentSegments segments) =>
        (HasChannel(segments) ? Channels.Count : 1) * (HasAge(segments) ? Ages : 1);

    /// <summary>The segment of a payment.</summary>
    /// <param name="segments">How payments are divided.</param>
    /// <param name="features">The payment's feature vector.</param>
    public static int Of(this PaymentSegments segments, ReadOnlySpan<float> features)
    {
        var channel = HasChannel(segments) ? Math.Clamp((int)features[(int)Feature.Channel], 0, Channels.Count - 1) : 0;
        return !HasAge(segments) ? channel : (Ages * channel) + (features[(int)Feature.CardAge] < Old ? 0 : 1);
    }

    private static bool HasChannel(PaymentSegments segments) => segments is PaymentSegments.Channel or PaymentSegments.ChannelAndAge;

    private static bool HasAge(PaymentSegments segments) => segments is PaymentSegments.Age or PaymentSegments.ChannelAndAge;
}
