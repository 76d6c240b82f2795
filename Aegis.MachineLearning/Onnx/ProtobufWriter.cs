using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Aegis.MachineLearning.Onnx;

/// <summary>Writes fields of a protobuf message in its wire format: a tag (number, wire type), then the value.</summary>
internal sealed class ProtobufWriter
{
    private const int VarintType = 0;
    private const int LengthType = 2;
    private const int FixedType = 5;

    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>What has been written.</summary>
    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    /// <summary>An int32, int64 or enum.</summary>
    public void Number(int field, long value)
    {
        Tag(field, VarintType);
        Varint((ulong)value);
    }

    /// <summary>A float.</summary>
    public void Number(int field, float value)
    {
        Tag(field, FixedType);
        Fixed(value);
    }

    /// <summary>A string, or bytes that hold UTF-8.</summary>
    public void Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>A nested message.</summary>
    public void Message(int field, Action<ProtobufWriter> write)
    {
        var message = new ProtobufWriter();
        write(message);
        Bytes(field, message.Written);
    }

    /// <summary>Fields written elsewhere.</summary>
    public void Append(ProtobufWriter fields) => _buffer.Write(fields.Written);

    /// <summary>A repeated float, packed.</summary>
    public void Numbers(int field, ReadOnlySpan<float> values)
    {
        Tag(field, LengthType);
        Varint((ulong)values.Length * sizeof(float));
        foreach (var value in values)
        {
            Fixed(value);
        }
    }

    /// <summary>A repeated int64, packed.</summary>
    public void Numbers(int field, ReadOnlySpan<long> values)
    {
        var packed = new ProtobufWriter();
        foreach (var value in values)
        {
            packed.Varint((ulong)value);
        }

        Bytes(field, packed.Written);
    }

    private void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, LengthType);
        Varint((ulong)value.Length);
        _buffer.Write(value);
    }

    private void Tag(int field, int wireType) => Varint((ulong)((field << 3) | wireType));

    private void Fixed(float value)
    {
        BinaryPrimitives.WriteSingleLittleEndian(_buffer.GetSpan(sizeof(float)), value);
        _buffer.Advance(sizeof(float));
    }

    private void Varint(ulong value)
    {
        // Seven bits a byte, lowest first; the top bit says that more follow.
        var bytes = _buffer.GetSpan(10);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            bytes[length++] = (byte)(value | 0x80);
        }

        bytes[length++] = (byte)value;
        _buffer.Advance(length);
    }
}
