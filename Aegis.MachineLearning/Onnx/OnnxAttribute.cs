namespace Aegis.MachineLearning.Onnx;

/// <summary>A named constant of an ONNX node (AttributeProto of onnx.proto).</summary>
internal sealed class OnnxAttribute
{
    private const int IntType = 2;
    private const int TextType = 3;
    private const int FloatsType = 6;
    private const int IntsType = 7;
    private const int TextsType = 8;

    private readonly Action<ProtobufWriter> _write;

    private OnnxAttribute(string name, int type, Action<ProtobufWriter> writeValue) => _write = message =>
    {
        message.Text(1, name);
        writeValue(message);
        message.Number(20, type);
    };

    public static OnnxAttribute Int(string name, long value) => new(name, IntType, message => message.Number(3, value));

    public static OnnxAttribute Text(string name, string value) => new(name, TextType, message => message.Text(4, value));

    public static OnnxAttribute Floats(string name, float[] values) => new(name, FloatsType, message => message.Numbers(7, values));

    public static OnnxAttribute Ints(string name, long[] values) => new(name, IntsType, message => message.Numbers(8, values));

    public static OnnxAttribute Texts(string name, string[] values) => new(name, TextsType, message =>
    {
        foreach (var value in values)
        {
            message.Text(9, value);
        }
    });

    public void Write(ProtobufWriter message) => _write(message);
}
