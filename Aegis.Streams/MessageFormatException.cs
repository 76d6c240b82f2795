namespace Aegis.Streams;

/// <summary>A log entry that cannot be read; the message is the dead letter's reason.</summary>
public sealed class MessageFormatException(string message) : Exception(message);
