using System.Buffers;

namespace Aegis.Streams.Redis;

/// <summary>Finds where a reply ends in bytes that arrive in pieces. Keeps its place in between, so that each byte is looked at once.</summary>
internal sealed class RespScanner
{
    private readonly int[] _valuesLeft = new int[RespLimits.DeepestNesting];
    private readonly byte[] _length = new byte[RespLimits.LongestLength];
    private int _depth;
    private long _seen;
    private Expect _expect;
    private byte _type;
    private int _line;
    private int _bytesLeft;

    private enum Expect : byte
    {
        Type,
        Line,
        LineFeed,
        Bytes,
        EndOfBytes,
        LastLineFeed,
        Nothing,
    }

    /// <summary>Looks on where the last call stopped. After true it looks for the end of the next reply.</summary>
    /// <param name="buffer">Begins with the reply; holds all that was given before, and more.</param>
    /// <param name="length">The reply's bytes.</param>
    /// <returns>False where the end has not arrived yet.</returns>
    /// <exception cref="RedisProtocolException">The bytes cannot be a reply, or one larger than is taken.</exception>
    public bool TryFindEnd(in ReadOnlySequence<byte> buffer, out long length)
    {
        foreach (var segment in buffer.Slice(_seen))
        {
            var isWhole = Scan(segment.Span, out var used);
            _seen += used;
            if (_seen > RespLimits.LargestReply)
            {
                throw new RedisProtocolException($"A reply is larger than {RespLimits.LargestReply} bytes.");
            }

            if (isWhole)
            {
                length = _seen;
                _seen = 0;
                _expect = Expect.Type;
                return true;
            }
        }

        length = 0;
        return false;
    }

    private bool Scan(ReadOnlySpan<byte> bytes, out int used)
    {
        used = 0;
        while (used < bytes.Length && _expect != Expect.Nothing)
        {
            switch (_expect)
            {
                case Expect.Type:
                    TakeType(bytes[used++]);
                    break;
                case Expect.Line:
                    used += TakeLine(bytes[used..]);
                    break;
                case Expect.LineFeed:
                    Require(bytes[used++], (byte)'\n');
                    EndLine();
                    break;
                case Expect.Bytes:
                    var taken = Math.Min(_bytesLeft, bytes.Length - used);
                    _bytesLeft -= taken;
                    used += taken;
                    _expect = _bytesLeft == 0 ? Expect.EndOfBytes : Expect.Bytes;
                    break;
                case Expect.EndOfBytes:
                    Require(bytes[used++], (byte)'\r');
                    _expect = Expect.LastLineFeed;
                    break;
                case Expect.LastLineFeed:
                    Require(bytes[used++], (byte)'\n');
                    EndValue();
                    break;
            }
        }

        return _expect == Expect.Nothing;
    }

    private void TakeType(byte type)
    {
        if (!RespLimits.IsType(type))
        {
            throw RespLimits.UnknownType(type);
        }

        _type = type;
        _line = 0;
        _expect = Expect.Line;
    }

    private int TakeLine(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOfAny((byte)'\r', (byte)'\n');
        var part = end < 0 ? bytes : bytes[..end];
        var isLength = RespLimits.HasLength(_type);
        if (_line + part.Length > (isLength ? RespLimits.LongestLength : RespLimits.LongestLine))
        {
            throw new RedisProtocolException($"The first line of a reply of type '{(char)_type}' is longer than {(isLength ? RespLimits.LongestLength : RespLimits.LongestLine)} bytes.");
        }

        if (isLength)
        {
            part.CopyTo(_length.AsSpan(_line));
        }

        _line += part.Length;
        if (end < 0)
        {
            return part.Length;
        }

        Require(bytes[end], (byte)'\r');
        _expect = Expect.LineFeed;
        return end + 1;
    }

    private void EndLine()
    {
        if (!RespLimits.HasLength(_type))
        {
            EndValue();
            return;
        }

        var length = RespLimits.ParseLength(_type, _length.AsSpan(0, _line));
        if (length < 0)
        {
            EndValue();
        }
        else if (RespLimits.IsAggregate(_type))
        {
            Open(length);
        }
        else
        {
            _bytesLeft = length;
            _expect = length == 0 ? Expect.EndOfBytes : Expect.Bytes;
        }
    }

    private void Open(int length)
    {
        if (_depth == RespLimits.DeepestNesting)
        {
            throw new RedisProtocolException($"A reply nests arrays more than {RespLimits.DeepestNesting} deep.");
        }

        if (length == 0)
        {
            EndValue();
            return;
        }

        _valuesLeft[_depth++] = length;
        _expect = Expect.Type;
    }

    /// <summary>A value is over, and with it perhaps the arrays whose last it was.</summary>
    private void EndValue()
    {
        while (_depth > 0 && --_valuesLeft[_depth - 1] == 0)
        {
            _depth--;
        }

        _expect = _depth == 0 ? Expect.Nothing : Expect.Type;
    }

    private void Require(byte actual, byte expected)
    {
        if (actual != expected)
        {
            throw new RedisProtocolException($"A reply of type '{(char)_type}' has byte 0x{actual:x2} where 0x{expected:x2} belongs: lines and bulk strings end with CR LF.");
        }
    }
}
