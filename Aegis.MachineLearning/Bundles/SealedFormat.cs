using System.Security.Cryptography;
using System.Text;
using Aegis.Core.Faults;

namespace Aegis.MachineLearning.Bundles;

/// <summary>A file that is read whole or not at all: 7 letters, a format byte, the content, SHA-256 of all before it.</summary>
/// <param name="Magic">The 7 letters.</param>
/// <param name="Version">The oldest format that this release reads.</param>
/// <param name="Newest">The newest format that this release reads.</param>
/// <param name="Noun">The file's name in error texts.</param>
internal sealed record SealedFormat(string Magic, byte Version, byte Newest, string Noun)
{
    private const int ChecksumBytes = 32;

    /// <summary>Writes content in a format, and seals it.</summary>
    public byte[] Write(byte format, Action<BinaryWriter> write)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer, Encoding.UTF8);
        writer.Write(Encoding.ASCII.GetBytes(Magic));
        writer.Write(format);
        write(writer);
        writer.Flush();
        writer.Write(SHA256.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
        writer.Flush();
        return buffer.ToArray();
    }

    /// <summary>Reads the content of a whole, undamaged file to its end. The reader gets the format.</summary>
    /// <exception cref="FraudModelFormatException">The file is damaged, of another format, or has impossible content.</exception>
    public T Read<T>(byte[] bytes, Func<BinaryReader, byte, T> read)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (bytes.Length < Magic.Length + 1 + ChecksumBytes || !bytes.AsSpan(0, Magic.Length).SequenceEqual(Encoding.ASCII.GetBytes(Magic)))
        {
            throw new FraudModelFormatException(
                $"Not an Aegis {Noun}: it does not begin with '{Magic}', or ends before it could hold one.");
        }

        var format = bytes[Magic.Length];
        if (format < Version || format > Newest)
        {
            throw new FraudModelFormatException($"The {Noun} has format {format}; this release reads format {(Newest == Version ? $"{Version}" : $"{Version} to {Newest}")}. Train again or use the matching release.");
        }

        var content = bytes.AsSpan(0, bytes.Length - ChecksumBytes);
        if (!SHA256.HashData(content).AsSpan().SequenceEqual(bytes.AsSpan(content.Length)))
        {
            throw new FraudModelFormatException($"The {Noun} is damaged: its checksum does not match.");
        }

        using var reader = new BinaryReader(new MemoryStream(bytes, Magic.Length + 1, content.Length - Magic.Length - 1), Encoding.UTF8);
        try
        {
            var value = read(reader, format);
            var left = reader.BaseStream.Length - reader.BaseStream.Position;
            return left == 0 ? value : throw new FormatException($"{left} bytes are left at its end.");
        }
        catch (Exception e) when (e is ArgumentException or IOException or FormatException)
        {
            throw new FraudModelFormatException($"The {Noun}'s checksum matches, but not its content: {FaultMessage.Of(e)}");
        }
    }
}
