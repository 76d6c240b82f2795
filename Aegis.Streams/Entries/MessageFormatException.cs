namespace Aegis.Streams.Entries;

/// <summary>A log entry that cannot be read; the message is the dead letter's reason.</summary>
public sealed class MessageFormatException(string message) : Exception(message)
{
    internal static MessageFormatException CutShort(int announced, int left) =>
        new($"The entry is cut short: {announced} more bytes were announced, {left} are there.");
}
