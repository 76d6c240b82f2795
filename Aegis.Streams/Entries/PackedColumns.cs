using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Aegis.Streams.Entries;

/// <summary>Transactions by columns, so that what is alike lies together.</summary>
/// <remarks>The count; the unit of times in milliseconds; each time as the difference from the one before; each amount; each id after
/// its length + 1, or 0 for one more than the id before; then four columns of <see cref="PackedTexts"/>: tokens, merchants, places
/// (category code, currency, country, coordinates, in single precision where that is exact), and ways (flags, channel, and
/// everything behind the coordinates).</remarks>
internal sealed class PackedColumns
{
    // The layout of a transaction, see TransactionView.
    private const int TimeAt = 1;
    private const int AmountAt = TimeAt + sizeof(long);
    private const int CategoryAt = AmountAt + sizeof(long);
    private const int ChannelAt = CategoryAt + sizeof(ushort);
    private const int CodesAt = ChannelAt + 1;
    private const int IdAt = CodesAt + 5;
    private const int CoordinateBytes = 2 * sizeof(double);
    private const int CodeBytes = sizeof(ushort) + IdAt - CodesAt;
    private const int WayBytes = 2;
    private const int SecondMs = 1000;
    private const int MaxNumberDigits = 15;

    private readonly List<long> _times = [];
    private readonly ArrayBufferWriter<byte> _amounts = new();
    private readonly ArrayBufferWriter<byte> _ids = new();
    private readonly PackedTexts _tokens = new();
    private readonly PackedTexts _merchants = new();
    private readonly PackedTexts _places = new();
    private readonly PackedTexts _ways = new();
    private string _id = "";

    /// <summary>Adds a transaction's bytes.</summary>
    public void Add(ReadOnlySpan<byte> body)
    {
        _times.Add(BinaryPrimitives.ReadInt64LittleEndian(body[TimeAt..]));
        PackedNumbers.PutSigned(_amounts, BinaryPrimitives.ReadInt64LittleEndian(body[AmountAt..]));
        var rest = body[IdAt..];
        AddId(Encoding.Latin1.GetString(Text(ref rest)));
        _tokens.Add(Text(ref rest));
        _merchants.Add(Text(ref rest));
        var coordinates = rest[..((body[0] & TransactionView.PlaceFlag) == 0 ? 0 : CoordinateBytes)];
        _places.Add([.. body[CategoryAt..ChannelAt], .. body[CodesAt..IdAt], .. Shortened(coordinates)]);
        _ways.Add([body[0], body[ChannelAt], .. rest[coordinates.Length..]]);
    }

    /// <summary>Writes all columns.</summary>
    public void WriteTo(ArrayBufferWriter<byte> target)
    {
        PackedNumbers.Put(target, (ulong)_times.Count);
        var unit = _times.TrueForAll(time => time % SecondMs == 0) ? SecondMs : 1;
        PackedNumbers.Put(target, (ulong)unit);
        var before = 0L;
        foreach (var time in _times)
        {
            PackedNumbers.PutSigned(target, (time / unit) - before);
            before = time / unit;
        }

        target.Write(_amounts.WrittenSpan);
        target.Write(_ids.WrittenSpan);
        _tokens.WriteTo(target);
        _merchants.WriteTo(target);
        _places.WriteTo(target);
        _ways.WriteTo(target);
    }

    /// <summary>Puts transactions together again.</summary>
    /// <param name="columns">All columns.</param>
    /// <param name="target">Receives the transactions.</param>
    /// <param name="maxBytes">The largest number of bytes that the target may hold.</param>
    /// <exception cref="MessageFormatException">They are damaged.</exception>
    public static void Read(ReadOnlySpan<byte> columns, ArrayBufferWriter<byte> target, int maxBytes)
    {
        // A transaction takes a byte and more in each column.
        var count = (int)Math.Min(PackedNumbers.Take(ref columns), (ulong)columns.Length);
        var (times, amounts, ids) = (new long[count], new long[count], new byte[count][]);
        var (unit, time) = ((long)PackedNumbers.Take(ref columns), 0L);
        foreach (ref var next in times.AsSpan())
        {
            time = unchecked(time + PackedNumbers.TakeSigned(ref columns));
            next = unchecked(time * unit);
        }

        foreach (ref var amount in amounts.AsSpan())
        {
            amount = PackedNumbers.TakeSigned(ref columns);
        }

        var id = "";
        foreach (ref var bytes in ids.AsSpan())
        {
            var length = PackedNumbers.Take(ref columns);
            id = length == 0 ? NextOf(id) : Encoding.Latin1.GetString(PackedNumbers.TakeBytes(ref columns, length - 1));
            bytes = Encoding.Latin1.GetBytes(id);
        }

        byte[][][] texts = [new byte[count][], new byte[count][], new byte[count][], new byte[count][]];
        foreach (var column in texts)
        {
            PackedTexts.Read(ref columns, column);
        }

        for (var i = 0; i < count; i++)
        {
            var (place, way) = (texts[2][i], texts[3][i]);
            if (place.Length < CodeBytes || way.Length < WayBytes)
            {
                throw PackedEntry.Damaged();
            }

            var head = target.GetSpan(IdAt);
            (head[0], head[ChannelAt]) = (way[0], way[1]);
            BinaryPrimitives.WriteInt64LittleEndian(head[TimeAt..], times[i]);
            BinaryPrimitives.WriteInt64LittleEndian(head[AmountAt..], amounts[i]);
            place.AsSpan(0, sizeof(ushort)).CopyTo(head[CategoryAt..]);
            place.AsSpan(sizeof(ushort)..CodeBytes).CopyTo(head[CodesAt..]);
            target.Advance(IdAt);
            foreach (var text in new[] { ids[i], texts[0][i], texts[1][i] })
            {
                target.Write([text.Length <= byte.MaxValue ? (byte)text.Length : throw PackedEntry.Damaged()]);
                target.Write(text);
            }

            target.Write(Lengthened(place.AsSpan(CodeBytes)));
            target.Write(way.AsSpan(WayBytes));
            if (target.WrittenCount > maxBytes)
            {
                throw PackedEntry.Damaged();
            }
        }
    }

    /// <summary>Two doubles as two floats, where these say the same.</summary>
    private static ReadOnlySpan<byte> Shortened(ReadOnlySpan<byte> coordinates)
    {
        if (coordinates.IsEmpty)
        {
            return coordinates;
        }

        var shortened = new byte[CoordinateBytes / 2];
        for (var i = 0; i < 2; i++)
        {
            var value = (float)BinaryPrimitives.ReadDoubleLittleEndian(coordinates[(i * sizeof(double))..]);
            BinaryPrimitives.WriteSingleLittleEndian(shortened.AsSpan(i * sizeof(float)), value);
        }

        return Lengthened(shortened).SequenceEqual(coordinates) ? shortened : coordinates;
    }

    private static ReadOnlySpan<byte> Lengthened(ReadOnlySpan<byte> coordinates)
    {
        if (coordinates.Length != CoordinateBytes / 2)
        {
            return coordinates;
        }

        var lengthened = new byte[CoordinateBytes];
        for (var i = 0; i < 2; i++)
        {
            double value = BinaryPrimitives.ReadSingleLittleEndian(coordinates[(i * sizeof(float))..]);
            BinaryPrimitives.WriteDoubleLittleEndian(lengthened.AsSpan(i * sizeof(double)), value);
        }

        return lengthened;
    }

    private void AddId(string id)
    {
        var isNext = id == NextOf(_id);
        _id = id;
        PackedNumbers.Put(_ids, isNext ? 0 : (ulong)id.Length + 1);
        _ids.Write(isNext ? [] : Encoding.Latin1.GetBytes(id));
    }

    /// <summary>The id with the number at its end raised by one: h-7 after h-6.</summary>
    private static string NextOf(string id)
    {
        var digits = 0;
        while (digits < Math.Min(id.Length, MaxNumberDigits) && char.IsAsciiDigit(id[^(digits + 1)]))
        {
            digits++;
        }

        return digits == 0
            ? id
            : $"{id.AsSpan(0, id.Length - digits)}{1 + long.Parse(id.AsSpan(id.Length - digits), CultureInfo.InvariantCulture)}";
    }

    /// <summary>A text that stands behind its length.</summary>
    private static ReadOnlySpan<byte> Text(scoped ref ReadOnlySpan<byte> from)
    {
        var text = from.Slice(1, from[0]);
        from = from[(1 + text.Length)..];
        return text;
    }
}
