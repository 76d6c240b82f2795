using System.Buffers.Binary;
using Aegis.Core.Decisions;

namespace Aegis.Core.Budgets;

/// <summary>What one shard has decided since its last barrier: its payments by risk, and what became of them. A function of the
/// shard's log alone. Adding a payment allocates nothing.</summary>
public sealed class ScoreCounts
{
    /// <summary>The width of a bucket of risk (-ln p): payments of one bucket differ by 1.6 % in how rare they look. A power of two,
    /// so that a risk is in the bucket whose edges it is compared with.</summary>
    public const double BucketWidth = 1 / 64.0;

    /// <summary>The number of buckets. The last one takes everything from a risk of about 40 on.</summary>
    public const int Buckets = 2_560;

    /// <summary>The most bytes that <see cref="Write"/> writes.</summary>
    public const int MaxBytes = HeadBytes + (Buckets * MostBytesOfABucket);

    private const int HeadBytes = (4 * sizeof(uint)) + (2 * sizeof(double)) + sizeof(ulong) + 1;

    // The gap to the bucket before and the count, seven bits a byte.
    private const int MostBytesOfABucket = 2 + 5;

    private readonly uint[] _buckets = new uint[Buckets];

    /// <summary>The number of payments decided.</summary>
    public uint Payments { get; private set; }

    /// <summary>Of these, the payments that went to review.</summary>
    public uint Reviews { get; private set; }

    /// <summary>Of these, the payments that rules or lists sent to review and the models would not have.</summary>
    public uint OtherReviews { get; private set; }

    /// <summary>The payments that were declined.</summary>
    public uint Declines { get; private set; }

    /// <summary>The review threshold of the last payment, as risk.</summary>
    public double ReviewAt { get; set; }

    /// <summary>The decline threshold of the last payment, as risk.</summary>
    public double DeclineAt { get; set; }

    /// <summary>Identifies the model that decided last.</summary>
    public ulong Model { get; set; }

    /// <summary>True if the review threshold followed a budget.</summary>
    public bool FollowsBudget { get; set; }

    /// <summary>The payments whose outcome is the models', by bucket of risk.</summary>
    public ReadOnlySpan<uint> Scores => _buckets;

    /// <summary>The bucket of a risk.</summary>
    public static int BucketOf(double risk) => (int)Math.Min(Buckets - 1, risk / BucketWidth);

    /// <summary>Counts a decided payment.</summary>
    /// <param name="risk">Its risk, 0 and more.</param>
    /// <param name="byModels">The outcome by the models alone.</param>
    /// <param name="outcome">The outcome.</param>
    public void Add(double risk, DecisionOutcome byModels, DecisionOutcome outcome)
    {
        Payments++;
        if (outcome == byModels)
        {
            _buckets[BucketOf(risk)]++;
        }
        else if (outcome == DecisionOutcome.Review)
        {
            OtherReviews++;
        }

        Reviews += outcome == DecisionOutcome.Review ? 1u : 0;
        Declines += outcome == DecisionOutcome.Decline ? 1u : 0;
    }

    /// <summary>Begins a new interval.</summary>
    public void Clear()
    {
        Payments = Reviews = OtherReviews = Declines = 0;
        Array.Clear(_buckets);
    }

    /// <summary>Writes the stored form.</summary>
    /// <param name="to">Room for <see cref="MaxBytes"/>.</param>
    /// <returns>The number of bytes written.</returns>
    public int Write(Span<byte> to)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(to, Payments);
        BinaryPrimitives.WriteUInt32LittleEndian(to[4..], Reviews);
        BinaryPrimitives.WriteUInt32LittleEndian(to[8..], OtherReviews);
        BinaryPrimitives.WriteUInt32LittleEndian(to[12..], Declines);
        BinaryPrimitives.WriteDoubleLittleEndian(to[16..], ReviewAt);
        BinaryPrimitives.WriteDoubleLittleEndian(to[24..], DeclineAt);
        BinaryPrimitives.WriteUInt64LittleEndian(to[32..], Model);
        to[40] = FollowsBudget ? (byte)1 : (byte)0;
        var (at, last) = (HeadBytes, 0);
        for (var next = 0; _buckets.AsSpan(next).IndexOfAnyExcept(0u) is >= 0 and var gap; next = last + 1)
        {
            at += WriteNumber(to[at..], (uint)(next + gap - last));
            at += WriteNumber(to[at..], _buckets[last = next + gap]);
        }

        return at;
    }

    /// <summary>Replaces the counts.</summary>
    /// <param name="bytes">What <see cref="Write"/> wrote; nothing for no counts.</param>
    /// <exception cref="FormatException">The bytes are cut short or damaged.</exception>
    public void Read(ReadOnlySpan<byte> bytes)
    {
        Clear();
        if (bytes.IsEmpty)
        {
            return;
        }

        if (bytes.Length < HeadBytes)
        {
            throw new FormatException($"Counts of scores in {bytes.Length} bytes; allowed: {HeadBytes} and more.");
        }

        (Payments, Reviews) = (BinaryPrimitives.ReadUInt32LittleEndian(bytes), BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]));
        OtherReviews = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        Declines = BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]);
        ReviewAt = BinaryPrimitives.ReadDoubleLittleEndian(bytes[16..]);
        DeclineAt = BinaryPrimitives.ReadDoubleLittleEndian(bytes[24..]);
        Model = BinaryPrimitives.ReadUInt64LittleEndian(bytes[32..]);
        FollowsBudget = bytes[40] != 0;
        bytes = bytes[HeadBytes..];
        for (uint bucket = 0; !bytes.IsEmpty;)
        {
            bucket += ReadNumber(ref bytes);
            if (bucket >= Buckets)
            {
                throw new FormatException($"Bucket {bucket} of scores; allowed: less than {Buckets}.");
            }

            _buckets[bucket] = ReadNumber(ref bytes);
        }
    }

    private static int WriteNumber(Span<byte> to, uint value)
    {
        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            to[length++] = (byte)(value | 0x80);
        }

        to[length++] = (byte)value;
        return length;
    }

    private static uint ReadNumber(ref ReadOnlySpan<byte> bytes)
    {
        uint value = 0;
        for (int index = 0, shift = 0; index < bytes.Length && shift < 35; index++, shift += 7)
        {
            value |= (bytes[index] & 0x7Fu) << shift;
            if (bytes[index] < 0x80)
            {
                bytes = bytes[(index + 1)..];
                return value;
            }
        }

        throw new FormatException("A count of scores is cut short.");
    }
}
