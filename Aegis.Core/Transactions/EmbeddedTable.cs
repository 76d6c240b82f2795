using System.Reflection;

namespace Aegis.Core.Transactions;

/// <summary>Tables of codes that are shipped inside the assembly, as CSV with a header and without quotes.</summary>
internal static class EmbeddedTable
{
    /// <summary>The cells of each line after the header.</summary>
    /// <param name="name">The file's name in this folder, for example <c>currencies.csv</c>.</param>
    public static IEnumerable<string[]> Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Aegis.Core.Transactions.{name}")!;
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            yield return line.Split(',');
        }
    }
}
