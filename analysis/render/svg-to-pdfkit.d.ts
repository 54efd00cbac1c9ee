/** @file Types of the package svg-to-pdfkit, as far as pdf.ts uses it; it has none of its own. */

declare module "svg-to-pdfkit" {
  type Options = {
    readonly assumePt?: boolean;
    readonly width?: number;
    readonly height?: number;
    readonly fontCallback?: (family: string, bold: boolean, italic: boolean) => string;
    readonly warningCallback?: (message: string) => void;
  };
  const svgToPdf: (document: PDFKit.PDFDocument, svg: string, x: number, y: number, options: Options) => void;
  export = svgToPdf;
}
