using System.Text;

namespace Aegis.Core.Faults;

/// <summary>Writes the messages of a command-line parser as a user reads them: <see cref="FaultMessage.OfText"/>.</summary>
/// <param name="writer">Where they go.</param>
public sealed class FaultWriter(TextWriter writer) : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => writer.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => writer.Write(value);

    /// <inheritdoc/>
    public override void Write(string? value) => writer.Write(value is null ? null : FaultMessage.OfText(value));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => writer.WriteLine(value is null ? null : FaultMessage.OfText(value));

    /// <inheritdoc/>
    public override void Flush() => writer.Flush();
}
