using System.Runtime.CompilerServices;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;

namespace Aegis.Core.Features;

/// <summary>What a card attempted without spending: its last eight refused payments and verifications.</summary>
public struct CardAttempts
{
    /// <summary>The number of attempts remembered.</summary>
    public const int Length = 8;

    private const int WindowSeconds = 3600;
    private const int KindBits = 2;

    private SecondsRing _seconds;
    private ushort _kinds;
    private byte _next;
    private byte _count;

    private enum Kind
    {
        Verification, WrongPin, Refused,
    }

    /// <summary>Remembers a payment that was refused or was a verification; others change nothing.</summary>
    internal void Add(in Payment payment)
    {
        if (payment.Refusal == Refusal.None && payment.Kind != PaymentKind.Verification)
        {
            return;
        }

        var kind = payment.Refusal switch { Refusal.None => Kind.Verification, Refusal.WrongPin => Kind.WrongPin, _ => Kind.Refused };
        _seconds[_next] = SecondsOf(payment.TimeMs);
        var shift = KindBits * _next;
        _kinds = (ushort)((_kinds & ~(3 << shift)) | ((int)kind << shift));
        _next = (byte)((_next + 1) % Length);
        _count = (byte)Math.Min(_count + 1, Length);
    }

    /// <summary>Counts the attempts of the hour before a moment.</summary>
    /// <param name="timeMs">The moment, Unix milliseconds.</param>
    internal readonly (int Verifications, int WrongPins, int Refused) InHourBefore(long timeMs)
    {
        var (verifications, wrongPins, refused) = (0, 0, 0);
        var now = SecondsOf(timeMs);
        for (var i = 0; i < _count; i++)
        {
            if (_seconds[i] <= now && now - _seconds[i] < WindowSeconds)
            {
                var kind = (Kind)((_kinds >> (KindBits * i)) & 3);
                verifications += kind == Kind.Verification ? 1 : 0;
                wrongPins += kind == Kind.WrongPin ? 1 : 0;
                refused += kind == Kind.Verification ? 0 : 1;
            }
        }

        return (verifications, wrongPins, refused);
    }

    private static uint SecondsOf(long timeMs) => (uint)(timeMs / 1000);

    [InlineArray(Length)]
    private struct SecondsRing
    {
        private uint _first;
    }
}
